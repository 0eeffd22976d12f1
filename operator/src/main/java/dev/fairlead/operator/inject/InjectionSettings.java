package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What injection writes into every pod, as whoever installed Fairlead has it.
 *
 * @param namespace Fairlead's own
 * @param image of the sidecar
 * @param acceptedImages further images whose containers are taken for sidecars
 * @param pullPolicy {@code IfNotPresent}, {@code Always} or {@code Never}
 * @param records whether sidecars write a record of every call to standard output
 */
public record InjectionSettings(
        String namespace,
        String image,
        Set<String> acceptedImages,
        String pullPolicy,
        SidecarSize size,
        boolean records) {

    private static final Set<String> PULL_POLICIES = Set.of("IfNotPresent", "Always", "Never");

    public InjectionSettings {
        acceptedImages = Set.copyOf(acceptedImages);
    }

    /**
     * Read from the variables that {@code docs/inject.md} lists.
     *
     * @param environment a variable's value by name, {@code null} for one that is not set
     * @throws IllegalArgumentException which variable, what it holds and what is expected
     */
    public static InjectionSettings fromEnvironment(UnaryOperator<String> environment) {
        var read = new Reader(environment);
        return new InjectionSettings(
                read.required("FAIRLEAD_NAMESPACE", "the operator's own namespace"),
                read.image(read.required("FAIRLEAD_SIDECAR_IMAGE", "the image of the sidecar")),
                read.images("FAIRLEAD_SIDECAR_IMAGES_ACCEPTED"),
                read.pullPolicy(),
                read.size(),
                read.records());
    }

    /** Where sidecars get their configuration from. */
    String configAddress() {
        return "fairlead-config." + namespace + ".svc:8443";
    }

    /** Whether a container of that image may be a sidecar: of the same repository, or listed. */
    boolean accepts(String candidate) {
        if (candidate == null) {
            return false;
        }
        return candidate.equals(image)
                || acceptedImages.contains(candidate)
                || ImageReference.parse(candidate)
                        .map(ImageReference::repository)
                        .equals(ImageReference.parse(image).map(ImageReference::repository));
    }

    private record Reader(UnaryOperator<String> environment) {
        String required(String name, String what) {
            return optional(name)
                    .orElseThrow(() -> new IllegalArgumentException(name + " is not set: expected " + what));
        }

        Optional<String> optional(String name) {
            return Optional.ofNullable(environment.apply(name))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
        }

        String image(String text) {
            return ImageReference.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + text + "' is no name of an image: expected [REGISTRY/]REPOSITORY[:TAG][@DIGEST]"))
                    .text();
        }

        Set<String> images(String name) {
            return optional(name).stream()
                    .flatMap(text -> Arrays.stream(text.split(",", -1)))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .map(this::image)
                    .collect(Collectors.toSet());
        }

        String pullPolicy() {
            String policy = optional("FAIRLEAD_SIDECAR_PULL_POLICY").orElse("IfNotPresent");
            if (!PULL_POLICIES.contains(policy)) {
                throw new IllegalArgumentException(
                        "FAIRLEAD_SIDECAR_PULL_POLICY is '" + policy + "': expected IfNotPresent, Always or Never");
            }
            return policy;
        }

        boolean records() {
            var records = optional("FAIRLEAD_SIDECAR_RECORDS");
            if (records.isPresent() && !records.get().equals(SidecarContainer.STANDARD_OUTPUT)) {
                throw new IllegalArgumentException("FAIRLEAD_SIDECAR_RECORDS is '" + records.get()
                        + "': expected nothing, or - for standard output");
            }
            return records.isPresent();
        }

        SidecarSize size() {
            var size = new SidecarSize(
                    quantity("CPU_REQUEST").orElse(new Quantity("50m")),
                    quantity("CPU_LIMIT").orElse(null),
                    quantity("MEMORY_REQUEST").orElse(new Quantity("128Mi")),
                    quantity("MEMORY_LIMIT").orElse(new Quantity("192Mi")),
                    quantity("CPU_MAX").orElse(new Quantity("2")),
                    quantity("MEMORY_MAX").orElse(new Quantity("1Gi")));
            inOrder(Quantities.LEAST_CPU, "10m", size.cpuRequest(), "CPU_REQUEST");
            inOrder(Quantities.LEAST_MEMORY, "96Mi", size.memoryRequest(), "MEMORY_REQUEST");
            if (size.cpuLimit() != null) {
                inOrder(size.cpuRequest(), "CPU_REQUEST", size.cpuLimit(), "CPU_LIMIT");
                inOrder(size.cpuLimit(), "CPU_LIMIT", size.cpuMax(), "CPU_MAX");
            }
            inOrder(size.cpuRequest(), "CPU_REQUEST", size.cpuMax(), "CPU_MAX");
            inOrder(size.memoryRequest(), "MEMORY_REQUEST", size.memoryLimit(), "MEMORY_LIMIT");
            inOrder(size.memoryLimit(), "MEMORY_LIMIT", size.memoryMax(), "MEMORY_MAX");
            return size;
        }

        private Optional<Quantity> quantity(String name) {
            String variable = "FAIRLEAD_SIDECAR_" + name;
            return optional(variable)
                    .map(text -> Quantities.parse(text)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    variable + " is '" + text + "': expected an amount such as 250m or 256Mi")));
        }

        private static void inOrder(Quantity less, String lessName, Quantity more, String moreName) {
            if (Quantities.isMore(less, more)) {
                throw new IllegalArgumentException("FAIRLEAD_SIDECAR_" + moreName + " is '" + more
                        + "': expected at least " + lessName + ", which is " + less);
            }
        }
    }
}
