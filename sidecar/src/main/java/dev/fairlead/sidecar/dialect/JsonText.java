package dev.fairlead.sidecar.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes JSON strings: the counterpart of the scanner, for the few values that we add ourselves. */
public final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private JsonText() {}

    /** The text in quotes, escaped, as UTF-8; {@code null} gives {@code null} without quotes. */
    public static byte[] quoted(String text) {
        var out = new ByteArrayOutputStream(text == null ? 4 : text.length() + 2);
        append(out, text);
        return out.toByteArray();
    }

    /** Appends what {@link #quoted} returns. */
    public static void append(ByteArrayOutputStream out, String text) {
        if (text == null) {
            out.writeBytes(NULL);
            return;
        }
        out.write('"');
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                out.write('\\');
                out.write(b);
            } else if (b >= 0 && b < ' ') {
                out.write('\\');
                escapeControl(out, b);
            } else {
                out.write(b);
            }
        }
        out.write('"');
    }

    private static void escapeControl(ByteArrayOutputStream out, byte b) {
        switch (b) {
            case '\n' -> out.write('n');
            case '\r' -> out.write('r');
            case '\t' -> out.write('t');
            default -> {
                out.write('u');
                out.write('0');
                out.write('0');
                out.write(HEX[b >> 4]);
                out.write(HEX[b & 0xf]);
            }
        }
    }
}
