package dev.fairlead.e2e;

import java.util.regex.Pattern;

/**
 * What the application says of its calls.
 *
 * @param firstFailureAt epoch milliseconds, 0 for none
 * @param lastAnsweredSentAt epoch milliseconds, 0 for none
 */
record Calls(long answered, long failed, long firstFailureAt, long lastAnsweredSentAt, String lastFailure) {
    private static final Pattern LINE = Pattern.compile(
            "answered=(\\d+) failed=(\\d+) firstFailureAt=(\\d+) lastAnsweredSentAt=(\\d+) lastFailure=(.*)",
            Pattern.DOTALL);

    static Calls read(String line) {
        var read = LINE.matcher(line.strip());
        return read.matches()
                ? new Calls(
                        Long.parseLong(read.group(1)),
                        Long.parseLong(read.group(2)),
                        Long.parseLong(read.group(3)),
                        Long.parseLong(read.group(4)),
                        read.group(5))
                : new Calls(0, 0, 0, 0, "");
    }
}
