package dev.fairlead.sidecar.provider;

import java.util.Arrays;

/**
 * Which stretches of a provider's message stand apart in it (between quotes, after a colon, before an ellipsis, at either
 * end) and begin like a text of the caller, or end like one. Letters and digits alone are compared, whatever quoting and
 * escaping put between them. Whole texts are given to it, each read at its ends only, as far as it goes along with the
 * message. One thread.
 */
final class Repetition {
    private final char[] said;
    /** The last mark at or before a place between two letters, and the first at or after it. */
    private final int[] markBefore;

    private final int[] markAfter;
    /** Where the longest stretch ends that begins at this mark. */
    private final int[] ends;

    /** @param message lower case */
    Repetition(String message) {
        said = new char[message.length()];
        var marked = new boolean[message.length() + 1];
        marked[0] = true;
        int length = 0;
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                said[length++] = c;
            } else if (c != ' ') {
                marked[length] = true;
            }
        }
        marked[length] = true;
        markBefore = new int[length + 1];
        markAfter = new int[length + 1];
        ends = new int[length + 1];
        for (int i = 1; i <= length; i++) {
            markBefore[i] = marked[i] ? i : markBefore[i - 1];
        }
        for (int i = length; i >= 0; i--) {
            markAfter[i] = marked[i] ? i : markAfter[i + 1];
        }
    }

    /**
     * Takes a text of the caller into account.
     *
     * @param most after how many characters it gives up
     * @return how many characters were compared; above {@code most} if it gave up
     */
    long compare(char[] text, int from, int to, long most) {
        int first = from;
        while (first < to && !Character.isLetterOrDigit(text[first])) {
            first++;
        }
        int last = to - 1;
        while (last > first && !Character.isLetterOrDigit(text[last])) {
            last--;
        }
        long compared = 0;
        for (int mark = 0; first < to && mark < ends.length && compared <= most; mark = next(mark)) {
            compared += 2 + alongFromBeginning(mark, text, first, to) + alongToEnd(mark, text, first, last);
        }
        return compared;
    }

    private int next(int mark) {
        return mark + 1 < ends.length ? markAfter[mark + 1] : ends.length;
    }

    private int alongFromBeginning(int mark, char[] text, int first, int to) {
        int at = first;
        int same = mark;
        for (; at < to && same < ends.length - 1; at++) {
            if (Character.isLetterOrDigit(text[at]) && said[same++] != Character.toLowerCase(text[at])) {
                same--;
                break;
            }
        }
        ends[mark] = Math.max(ends[mark], markBefore[same]);
        return at - first;
    }

    private int alongToEnd(int mark, char[] text, int first, int last) {
        int at = last;
        int same = mark;
        for (; at >= first && same > 0; at--) {
            if (Character.isLetterOrDigit(text[at]) && said[--same] != Character.toLowerCase(text[at])) {
                same++;
                break;
            }
        }
        int begin = markAfter[same];
        ends[begin] = Math.max(ends[begin], mark);
        return last - at;
    }

    /** Whether these words stand in such a stretch. */
    boolean holds(String words) {
        String all = new String(said, 0, ends.length - 1);
        String sought = bare(words);
        for (int at = all.indexOf(sought); at >= 0 && !sought.isEmpty(); at = all.indexOf(sought, at + 1)) {
            if (Arrays.stream(ends, 0, at + 1).max().orElse(0) >= at + sought.length()) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String words) {
        return words.codePoints()
                .filter(Character::isLetterOrDigit)
                .filter(Character::isBmpCodePoint)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
