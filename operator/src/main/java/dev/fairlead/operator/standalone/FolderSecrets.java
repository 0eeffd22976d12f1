package dev.fairlead.operator.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.ManifestObject;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.LabelledSecret;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.SecretSearch;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The Secrets of a folder, each as in the reading that counts for it. */
final class FolderSecrets implements EntryLookup {
    private static final String KIND = "Secret";

    private final Admitted admitted;

    FolderSecrets(Admitted admitted) {
        this.admitted = admitted;
    }

    @Override
    public Entry find(String namespace, String name, String key) {
        return admitted.readingOf(new ObjectRef(KIND, namespace, name))
                .secrets()
                .find(namespace, name, key);
    }

    /** Every Secret of type Opaque of the namespace: whoever asks looks at the labels. */
    @Override
    public SecretSearch search(String namespace, LabelSelector selector) {
        return new SecretSearch.Found(admitted.ofKind(KIND).stream()
                .filter(secret -> secret.ref().namespace().equals(namespace))
                .map(this::opaque)
                .flatMap(Optional::stream)
                .toList());
    }

    private Optional<LabelledSecret> opaque(ManifestObject secret) {
        var body = secret.body();
        if (!body.path("type").asText("Opaque").equals("Opaque")) {
            return Optional.empty();
        }
        var ref = secret.ref();
        return Optional.of(new LabelledSecret(
                ref.namespace(),
                ref.name(),
                texts(body.at("/metadata/labels")),
                texts(body.at("/metadata/annotations")),
                find(ref.namespace(), ref.name(), LabelledSecret.ENTRY)));
    }

    static Map<String, String> texts(JsonNode object) {
        var texts = new HashMap<String, String>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
