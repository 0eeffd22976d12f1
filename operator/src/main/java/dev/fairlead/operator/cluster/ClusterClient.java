package dev.fairlead.operator.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Clients for an API server whose objects may have been written by a later version of Fairlead: fields that are not known are
 * skipped, and values of the four kinds that have another type than expected are left out, and remembered
 * ({@link Unreadable}), instead of failing the whole list that they stand in.
 *
 * <p>So an object that was read is possibly less than what is stored: nobody writes it back. What is written are fresh objects
 * with nothing but their status.
 */
public final class ClusterClient {
    private ClusterClient() {}

    /** A client on the JDK's HTTP client; the caller closes it. Nothing is sent yet. */
    public static KubernetesClient connect(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization())
                .build();
    }

    /** How such a client reads and writes. */
    public static KubernetesSerialization serialization() {
        ObjectMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // 0.5 is not 0: it is a value that this version does not understand.
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .addModule(new TolerantModule())
                .build();
        return new KubernetesSerialization(mapper, true);
    }
}
