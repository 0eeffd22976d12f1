package dev.fairlead.sidecar.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes times, ids and milliseconds of a record digit by digit, so that a record costs no string of its own. */
final class RecordNumbers {
    private static final int MILLIS_PER_SECOND = 1_000;
    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final char[] chars = new char[40];
    private long second = Long.MIN_VALUE;
    private String secondText;

    /** ISO-8601 in UTC with milliseconds. The text of a second is kept: most records share it with their neighbours. */
    void time(long epochMs, JsonGenerator json) throws IOException {
        long epochSecond = Math.floorDiv(epochMs, MILLIS_PER_SECOND);
        if (epochSecond != second) {
            second = epochSecond;
            secondText = TO_THE_SECOND.format(Instant.ofEpochSecond(epochSecond));
        }
        int length = secondText.length();
        secondText.getChars(0, length, chars, 0);
        chars[length] = '.';
        threeDigits(Math.floorMod(epochMs, MILLIS_PER_SECOND), length + 1);
        chars[length + 4] = 'Z';
        json.writeString(chars, 0, length + 5);
    }

    /** 16 hexadecimal digits. */
    void hex(long value, JsonGenerator json) throws IOException {
        hexDigits(value, 0);
        json.writeString(chars, 0, 16);
    }

    /** 32 hexadecimal digits. */
    void hex(long high, long low, JsonGenerator json) throws IOException {
        hexDigits(high, 0);
        hexDigits(low, 16);
        json.writeString(chars, 0, 32);
    }

    /** Microseconds as milliseconds with up to three decimals; not negative. */
    void millis(long micros, JsonGenerator json) throws IOException {
        int fraction = (int) (micros % 1_000);
        if (fraction == 0) {
            json.writeNumber(micros / 1_000);
            return;
        }
        int end = chars.length;
        threeDigits(fraction, end - 3);
        int start = end - 4;
        chars[start] = '.';
        long whole = micros / 1_000;
        do {
            chars[--start] = (char) ('0' + whole % 10);
            whole /= 10;
        } while (whole > 0);
        while (chars[end - 1] == '0') {
            end--;
        }
        json.writeNumber(chars, start, end - start);
    }

    private void threeDigits(int value, int at) {
        chars[at] = (char) ('0' + value / 100);
        chars[at + 1] = (char) ('0' + value / 10 % 10);
        chars[at + 2] = (char) ('0' + value % 10);
    }

    private void hexDigits(long value, int at) {
        for (int i = 0; i < 16; i++) {
            chars[at + i] = HEX[(int) (value >>> (60 - 4 * i)) & 0xf];
        }
    }
}
