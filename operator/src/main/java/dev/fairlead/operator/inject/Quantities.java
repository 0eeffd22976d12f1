package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts of CPU and memory as people write them. */
final class Quantities {
    /** Less is no sidecar: its event loop would not tick in time. */
    static final Quantity LEAST_CPU = new Quantity("10m");

    /** Less is no sidecar: an idle one takes about 80 MiB. */
    static final Quantity LEAST_MEMORY = new Quantity("96Mi");

    /** As Kubernetes reads them, but for digits without end. */
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,15}(\\.[0-9]{0,9})?|\\.[0-9]{1,9})([eE][+-]?[0-9]{1,2}|[numkMGTPE]|[KMGTPE]i)?");

    private Quantities() {}

    /** Empty for what is no amount. */
    static Optional<Quantity> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Quantity(text)) : Optional.empty();
    }

    static boolean isMore(Quantity one, Quantity other) {
        return one.getNumericalAmount().compareTo(other.getNumericalAmount()) > 0;
    }
}
