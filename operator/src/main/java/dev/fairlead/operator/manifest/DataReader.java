package dev.fairlead.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what a Secret or a ConfigMap holds. */
final class DataReader {
    private static final Pattern KEY = Pattern.compile("(?!\\.{1,2}$)(?!\\.\\.)[-._a-zA-Z0-9]{1,253}");

    private final EnvironmentText environment;
    private final Blanks blanks = new Blanks();

    DataReader(EnvironmentText environment) {
        this.environment = environment;
    }

    /** @param body as it would be stored; {@code findings} gets errors where an API server would refuse the object */
    DataObject read(ObjectRef ref, JsonNode body, ObjectFindings findings) {
        boolean secret = ref.kind().equals("Secret");
        Map<String, DataValue> values = new LinkedHashMap<>();
        for (var entry : body.path("data").properties()) {
            var path = FieldPath.of("data").key(entry.getKey());
            checkKey(entry.getKey(), path, findings);
            values.put(
                    entry.getKey(),
                    secret ? decoded(entry.getValue(), path, findings) : plain(entry.getValue(), false));
        }
        for (var entry : secret
                ? body.path("stringData").properties()
                : Map.<String, JsonNode>of().entrySet()) {
            checkKey(entry.getKey(), FieldPath.of("stringData").key(entry.getKey()), findings);
            values.put(entry.getKey(), plain(entry.getValue(), true));
        }
        String type = secret ? body.path("type").asText() : "";
        if (type.equals("Opaque")) {
            values.forEach((key, value) -> remark(key, value, body, findings));
        }
        return new DataObject(ref, type, values);
    }

    private static void checkKey(String key, FieldPath path, ObjectFindings findings) {
        if (!KEY.matcher(key).matches()) {
            findings.error(
                    path,
                    "Invalid value: a valid config key must consist of alphanumeric characters, '-', '_' or '.',"
                            + " and be no more than 253 characters");
        }
    }

    private DataValue decoded(JsonNode value, FieldPath path, ObjectFindings findings) {
        // Line breaks are allowed in it, as people wrap it; nothing else is, and padding is not optional.
        String base64 = value.asText("").replaceAll("[\r\n]", "");
        byte[] bytes;
        try {
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("padding");
            }
            bytes = Base64.getDecoder().decode(value.isNull() ? "" : base64);
        } catch (IllegalArgumentException e) {
            findings.error(path, "illegal base64 data: encode the value, or write it as it is under stringData");
            return new DataValue.Broken(Reason.SECRET_INVALID, "the value is not valid base64");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return environment.filled(text, "key");
        } catch (CharacterCodingException e) {
            return new DataValue.Broken(Reason.SECRET_INVALID, "the value is not UTF-8 text");
        }
    }

    private DataValue plain(JsonNode value, boolean secret) {
        return environment.filled(value.isNull() ? "" : value.asText(), secret ? "key" : "value");
    }

    /** Only for what may be a key; texts of several lines are certificates and the like. */
    private void remark(String key, DataValue value, JsonNode body, ObjectFindings findings) {
        String field = body.path("stringData").has(key) ? "stringData" : "data";
        var path = FieldPath.of(field).key(key);
        if (value instanceof DataValue.Broken broken && broken.reason() == Reason.ENVIRONMENT_NOT_SET) {
            findings.warning(path, broken.why());
        } else if (value instanceof DataValue.Text text) {
            String trimmed = blanks.trimmed(text.text());
            if (!trimmed.equals(text.text())
                    && !trimmed.isEmpty()
                    && trimmed.lines().count() == 1) {
                findings.info(
                        path, "blanks, line ends or a byte order mark around the value are cut off where it is a key");
            }
        }
    }
}
