package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;

/** What a pod's annotations ask of injection. */
final class Annotations {
    private static final int QUOTED_AT_MOST = 40;

    private final Map<String, String> annotations;

    Annotations(Pod pod) {
        var given = pod.getMetadata().getAnnotations();
        this.annotations = given == null ? Map.of() : given;
    }

    /** What is wrong with the first that is wrong. */
    Optional<String> objection(SidecarSize size) {
        return objection(InjectionNames.CPU_ANNOTATION, Quantities.LEAST_CPU, size.cpuMax())
                .or(() -> objection(InjectionNames.MEMORY_ANNOTATION, Quantities.LEAST_MEMORY, size.memoryMax()))
                .or(this::envObjection);
    }

    Optional<Quantity> cpu() {
        return quantity(InjectionNames.CPU_ANNOTATION);
    }

    Optional<Quantity> memory() {
        return quantity(InjectionNames.MEMORY_ANNOTATION);
    }

    boolean leavesEnvironmentAlone() {
        return InjectionNames.SKIP.equals(annotations.get(InjectionNames.ENV_ANNOTATION));
    }

    private Optional<Quantity> quantity(String name) {
        return Optional.ofNullable(annotations.get(name)).flatMap(Quantities::parse);
    }

    private Optional<String> objection(String name, Quantity least, Quantity most) {
        String text = annotations.get(name);
        if (text == null) {
            return Optional.empty();
        }
        var quantity = Quantities.parse(text);
        if (quantity.isEmpty()) {
            return Optional.of(wrong(name, text) + "expected an amount from " + least + " to " + most);
        }
        if (Quantities.isMore(least, quantity.get())) {
            return Optional.of(wrong(name, text) + "expected at least " + least);
        }
        return Quantities.isMore(quantity.get(), most)
                ? Optional.of(wrong(name, text) + "expected at most " + most)
                : Optional.empty();
    }

    private Optional<String> envObjection() {
        String text = annotations.get(InjectionNames.ENV_ANNOTATION);
        return text == null || text.equals(InjectionNames.SKIP)
                ? Optional.empty()
                : Optional.of(wrong(InjectionNames.ENV_ANNOTATION, text) + "expected '" + InjectionNames.SKIP + "'");
    }

    private static String wrong(String name, String text) {
        String quoted = text.length() > QUOTED_AT_MOST ? text.substring(0, QUOTED_AT_MOST) + "..." : text;
        return "annotation " + name + " is '" + quoted + "': ";
    }
}
