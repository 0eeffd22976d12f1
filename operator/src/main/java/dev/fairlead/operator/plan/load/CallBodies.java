package dev.fairlead.operator.plan.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.sidecar.dialect.JsonText;
import dev.fairlead.sidecar.exchange.Endpoint;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Request bodies of the right size: four bytes for every token of input. Calls that look alike share one, sizes rounded to
 * a tenth, so that a hundred thousand waiting calls do not hold a hundred thousand prompts.
 */
public final class CallBodies {
    private static final byte[] MODEL = "{\"model\":".getBytes(UTF_8);
    private static final int BYTES_PER_TOKEN = 4;
    private static final int KEPT = 256;

    private final Map<Shape, byte[]> bodies = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Shape, byte[]> eldest) {
            return size() > KEPT;
        }
    };

    private record Shape(Endpoint endpoint, String model, boolean stream, long maxTokens, int bytes) {}

    /** The body of a call; not to be changed. */
    public byte[] of(PlannedCall call) {
        int bytes = rounded(Math.min(call.inputTokens() * BYTES_PER_TOKEN, 16L << 20));
        var shape = new Shape(call.endpoint(), call.model(), call.stream(), call.maxTokens(), bytes);
        return bodies.computeIfAbsent(shape, CallBodies::make);
    }

    /** To two digits. */
    private static int rounded(long bytes) {
        long unit = 1;
        while (bytes / unit >= 100) {
            unit *= 10;
        }
        return (int) ((bytes + unit / 2) / unit * unit);
    }

    private static byte[] make(Shape shape) {
        var out = new ByteArrayOutputStream(shape.bytes() + 128);
        out.writeBytes(MODEL);
        out.writeBytes(JsonText.quoted(shape.model()));
        if (shape.stream()) {
            text(out, ",\"stream\":true");
        }
        if (shape.maxTokens() > 0) {
            boolean responses = shape.endpoint() == Endpoint.RESPONSES;
            text(out, (responses ? ",\"max_output_tokens\":" : ",\"max_tokens\":") + shape.maxTokens());
        }
        boolean chat = shape.endpoint() == Endpoint.CHAT_COMPLETIONS;
        text(out, chat ? ",\"messages\":[{\"role\":\"user\",\"content\":\"" : ",\"input\":\"");
        var end = chat ? "\"}]}" : "\"}";
        var padding = new byte[Math.max(1, shape.bytes() - out.size() - end.length())];
        Arrays.fill(padding, (byte) 'a');
        out.writeBytes(padding);
        text(out, end);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(UTF_8));
    }

    /** The model in a body of ours, after a sidecar may have put another name there. */
    public static String model(byte[] body) {
        int from = MODEL.length + 1;
        int to = from;
        while (body[to] != '"') {
            to += body[to] == '\\' ? 2 : 1;
        }
        return new String(body, from, to - from, UTF_8);
    }
}
