package dev.fairlead.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What this version does not know is refused by the API server where it is written, as kubectl asks it to. */
@ExtendWith(ApiServerExtension.class)
class UnknownFieldsTest {
    private final ApiServer server;

    UnknownFieldsTest(ApiServer server) {
        this.server = server;
    }

    @Test
    void aFieldThatIsNotInTheSchemaIsRefusedByName() {
        var pool = """
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: unknown-field, namespace: default}
                spec:
                  provider: {type: OpenAI}
                  keys: [{name: only, secretRef: {name: key}}]
                  keySelector: {}
                """;
        assertThatThrownBy(() -> server.client()
                        .load(new ByteArrayInputStream(pool.getBytes(StandardCharsets.UTF_8)))
                        .items()
                        .forEach(object -> server.client()
                                .resource(object)
                                .fieldValidation(FieldValidateable.Validation.STRICT)
                                .create()))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("keySelector");
    }
}
