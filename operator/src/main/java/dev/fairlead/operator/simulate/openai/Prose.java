package dev.fairlead.operator.simulate.openai;

/** Text of an exact number of tokens (four characters each) that reads like words and depends only on its seed. */
final class Prose {

    private static final String[] WORDS = {
        "the ", "sea ", "and ", "sky ", "are ", "one ", "now ", "our ", "bow ", "cut ", "low ", "fog ", "but ", "two ",
        "men ", "saw ", "how ", "far ", "off ", "its ", "red ", "sun ", "had ", "set ", "all ", "its ", "own ", "oar ",
        "put ", "out ", "for ", "bay "
    };

    private Prose() {}

    static String of(int seed, long tokens) {
        StringBuilder text = new StringBuilder(Math.toIntExact(tokens * 4));
        int state = seed * 31 + 17;
        for (long i = 0; i < tokens; i++) {
            state = state * 1_103_515_245 + 12_345;
            text.append(WORDS[state >>> 27]);
        }
        text.setCharAt(text.length() - 1, '.');
        return text.toString();
    }
}
