package dev.fairlead.operator.control;

import dev.fairlead.operator.serve.ServeSettings;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How a replica of the operator runs.
 *
 * @param namespace where it is installed
 * @param podName the replica's name, its identity among the candidates for leadership
 * @param podIp the replica's address, by which it knows itself among its peers
 * @param keyNamespaces whose Secrets it may read; {@code *} for all
 * @param webhookConfiguration name of the MutatingWebhookConfiguration that is to trust our certificates
 * @param serviceAccount the replicas' own
 * @param ports where it listens
 */
public record OperatorSettings(
        String namespace,
        String podName,
        String podIp,
        Set<String> keyNamespaces,
        String webhookConfiguration,
        String serviceAccount,
        Ports ports) {

    /**
     * Ports of a replica; 0 picks one.
     *
     * @param webhook admission reviews
     * @param config the configuration stream
     * @param metrics metrics and health
     */
    public record Ports(int webhook, int config, int metrics) {
        /** Those that the chart's Services name. */
        public static final Ports USUAL = new Ports(9443, 8443, 8080);
    }

    /** The chart's name for it, whatever the release is called. */
    private static final String SERVICE_ACCOUNT = "fairlead-operator";

    public OperatorSettings {
        keyNamespaces = Set.copyOf(keyNamespaces);
    }

    /**
     * As the chart writes it into the container.
     *
     * @throws IllegalArgumentException that names a variable that is missing
     */
    public static OperatorSettings fromEnvironment(UnaryOperator<String> environment) {
        var keyNamespaces = environment.apply("FAIRLEAD_KEY_NAMESPACES");
        return new OperatorSettings(
                required(environment, "FAIRLEAD_NAMESPACE"),
                required(environment, "FAIRLEAD_POD_NAME"),
                required(environment, "FAIRLEAD_POD_IP"),
                keyNamespaces == null
                        ? Set.of()
                        : Arrays.stream(keyNamespaces.split(","))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.toUnmodifiableSet()),
                required(environment, "FAIRLEAD_WEBHOOK_CONFIGURATION"),
                SERVICE_ACCOUNT,
                Ports.USUAL);
    }

    /** The name of the headless Service under which all replicas are found. */
    public String configHost() {
        return "fairlead-config." + namespace + ".svc";
    }

    /** How configurations are served. */
    ServeSettings serving() {
        return ServeSettings.defaults().withPort(ports.config());
    }

    private static String required(UnaryOperator<String> environment, String name) {
        var value = environment.apply(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is not set: the operator runs in a pod, where the chart sets it (see docs/install.md)");
        }
        return value;
    }
}
