package dev.fairlead.operator.simulate.openai;

/** Times as OpenAI writes them, which is how Go prints them: {@code 0s}, {@code 7ms}, {@code 1.5s}, {@code 6m0s}. */
final class GoDuration {

    private GoDuration() {}

    static String of(long millis) {
        if (millis == 0) {
            return "0s";
        }
        if (millis < 1000) {
            return millis + "ms";
        }
        long minutes = millis / 60_000;
        String seconds = seconds(millis % 60_000);
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60 ? minutes + "m" + seconds : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String seconds(long millis) {
        long fraction = millis % 1000;
        if (fraction == 0) {
            return millis / 1000 + "s";
        }
        String digits = Long.toString(1000 + fraction).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return millis / 1000 + "." + digits.substring(0, end) + "s";
    }
}
