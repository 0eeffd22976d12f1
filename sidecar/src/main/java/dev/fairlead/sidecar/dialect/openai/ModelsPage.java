package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The answers of {@code GET /v1/models} and {@code GET /v1/models/ID}. */
public final class ModelsPage {
    private ModelsPage() {}

    /**
     * One model a client may call.
     *
     * @param id the name to put into {@code model}
     * @param created seconds since 1970, 0 when nobody knows
     * @param ownedBy who offers it
     */
    public record Entry(String id, long created, String ownedBy) {}

    /** All models, in the order given. */
    public static byte[] list(List<Entry> models) {
        var out = new ByteArrayOutputStream(64 + 96 * models.size());
        ascii(out, "{\"object\":\"list\",\"data\":[");
        String separator = "";
        for (Entry model : models) {
            ascii(out, separator);
            append(out, model);
            separator = ",";
        }
        ascii(out, "]}");
        return out.toByteArray();
    }

    /** One model. */
    public static byte[] one(Entry model) {
        var out = new ByteArrayOutputStream(128);
        append(out, model);
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, Entry model) {
        ascii(out, "{\"id\":");
        JsonText.append(out, model.id());
        ascii(out, ",\"object\":\"model\",\"created\":" + model.created() + ",\"owned_by\":");
        JsonText.append(out, model.ownedBy());
        ascii(out, "}");
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
