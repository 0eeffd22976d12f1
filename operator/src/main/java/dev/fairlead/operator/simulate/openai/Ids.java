package dev.fairlead.operator.simulate.openai;

/** Ids in OpenAI's shapes: letters and digits that look random, the same in every run with the same seed. */
final class Ids {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private long state;

    Ids(long seed) {
        this.state = seed * 0x9E3779B97F4A7C15L;
    }

    /** {@code chatcmpl-...} */
    String completion() {
        return letters("chatcmpl-", 29);
    }

    /** {@code call_...} */
    String toolCall() {
        return letters("call_", 24);
    }

    /** {@code req_...} */
    String request() {
        return hex("req_", 32);
    }

    /** Hexadecimal digits behind a prefix. */
    String hex(String prefix, int length) {
        StringBuilder id = new StringBuilder(prefix.length() + length).append(prefix);
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits = i % 16 == 0 ? next() : bits >>> 4;
            id.append(HEX[(int) (bits & 15)]);
        }
        return id.toString();
    }

    private String letters(String prefix, int length) {
        StringBuilder id = new StringBuilder(prefix.length() + length).append(prefix);
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits = i % 10 == 0 ? next() >>> 1 : bits / LETTERS.length();
            id.append(LETTERS.charAt((int) (bits % LETTERS.length())));
        }
        return id.toString();
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
