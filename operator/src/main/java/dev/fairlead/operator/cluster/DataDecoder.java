package dev.fairlead.operator.cluster;

import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.LabelledSecret;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of Secrets and ConfigMaps as text. Pure. */
final class DataDecoder {
    static final String OPAQUE = "Opaque";

    /** @param object the Secret or ConfigMap that {@code ref} names, {@code null} for none */
    DataState decode(DataRef ref, HasMetadata object) {
        if (object instanceof Secret secret) {
            return decode(ref, secret);
        }
        if (object instanceof ConfigMap map) {
            var entries = new HashMap<String, Entry>();
            orEmpty(map.getData()).forEach((key, text) -> entries.put(key, new Entry.Value(text)));
            orEmpty(map.getBinaryData()).forEach((key, data) -> entries.put(key, text(ref, key, data)));
            return new DataState.Present(entries);
        }
        return new DataState.Absent();
    }

    /** @param objects Secrets that a selector matches; what else is among them is left out */
    DataState selected(DataRef ref, List<? extends HasMetadata> objects) {
        return new DataState.Selected(objects.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .map(secret -> labelled(ref.namespace(), secret))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(LabelledSecret::name))
                .toList());
    }

    private Optional<LabelledSecret> labelled(String namespace, Secret secret) {
        var metadata = secret.getMetadata();
        var ref = new DataRef(DataRef.Kind.SECRET, namespace, metadata.getName());
        if (!(decode(ref, secret) instanceof DataState.Present present)) {
            return Optional.empty();
        }
        var key = present.entries().get(LabelledSecret.ENTRY);
        return Optional.of(new LabelledSecret(
                namespace,
                metadata.getName(),
                orEmpty(metadata.getLabels()),
                orEmpty(metadata.getAnnotations()),
                key != null
                        ? key
                        : new Entry.Missing(ref.kind().noKey, ref + " has no key '" + LabelledSecret.ENTRY + "'")));
    }

    private static DataState decode(DataRef ref, Secret secret) {
        // Other types belong to somebody else: a token of a ServiceAccount is no key to a provider.
        if (secret.getType() != null
                && !secret.getType().isEmpty()
                && !secret.getType().equals(OPAQUE)) {
            return new DataState.Unusable("is of type '" + secret.getType() + "': only Secrets of type " + OPAQUE
                    + " are read; create one of that type with the same entries");
        }
        var entries = new HashMap<String, Entry>();
        orEmpty(secret.getData()).forEach((key, data) -> entries.put(key, text(ref, key, data)));
        return new DataState.Present(entries);
    }

    private static Entry text(DataRef ref, String key, String data) {
        try {
            var bytes = Base64.getDecoder().decode(data);
            return new Entry.Value(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException e) {
            return invalid(ref, key, "is not base64");
        } catch (CharacterCodingException e) {
            return invalid(ref, key, "is not UTF-8 text");
        }
    }

    private static Entry invalid(DataRef ref, String key, String problem) {
        return new Entry.Missing(ref.kind().invalid, "key '" + key + "' of " + ref + " " + problem);
    }

    private static Map<String, String> orEmpty(Map<String, String> entries) {
        return entries == null ? Map.of() : entries;
    }
}
