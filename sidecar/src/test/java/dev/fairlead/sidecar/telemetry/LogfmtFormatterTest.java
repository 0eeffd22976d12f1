package dev.fairlead.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogfmtFormatterTest {
    private static LogRecord event(Level level, String message, KeyValuePair... pairs) {
        LogRecord event = new LogRecord(level, message);
        event.setInstant(Instant.parse("2026-11-24T10:00:00.120Z"));
        event.setLoggerName("dev.fairlead.sidecar.control.Applier");
        event.setParameters(pairs);
        return event;
    }

    private static KeyValuePair pair(String key, Object value) {
        return new KeyValuePair(key, value);
    }

    private static String format(LogRecord event) {
        return new LogfmtFormatter().format(event);
    }

    @Test
    void anEventIsOneLineWithItsPairs() {
        assertThat(format(event(Level.INFO, "config_applied", pair("hash", "3f2a"), pair("routes", 3))))
                .isEqualTo("2026-11-24T10:00:00.120Z INFO config_applied hash=3f2a routes=3\n");
    }

    @Test
    void whatIsNotPlainIsQuoted() {
        assertThat(format(event(
                        Level.WARNING,
                        "config refused",
                        pair("message", "expected \"a\" = b\\c"),
                        pair("empty", ""),
                        pair("nothing", null),
                        pair("word", "grün"))))
                .isEqualTo("2026-11-24T10:00:00.120Z WARN \"config refused\" message=\"expected \\\"a\\\" = b\\\\c\" "
                        + "empty=\"\" nothing=null word=\"grün\"\n");
    }

    @Test
    void nothingLoggedCanBeginALineOrSteerATerminal() {
        String line = format(event(
                Level.INFO,
                "a\nb",
                pair("value", "1\r\n2026 ERROR forged\u001b[31m\u0085\u2028\u202e\t\u0000"),
                pair("a key\n=", "x")));
        assertThat(line)
                .isEqualTo("2026-11-24T10:00:00.120Z INFO \"a\\nb\" value=\"1\\r\\n2026 ERROR forged\\u001b[31m"
                        + "\\u0085\\u2028\\u202e\\t\\u0000\" a_key__=x\n");
    }

    @Property
    void anyTextStaysOnItsLine(@ForAll String message, @ForAll String key, @ForAll String value) {
        String line = format(event(Level.INFO, message, pair(key, value)));
        assertThat(line).endsWith("\n");
        assertThat(line.chars().filter(Character::isISOControl).count())
                .as("one newline at the end and no other control character")
                .isEqualTo(1);
    }

    @Test
    void aLongValueIsCut() {
        String line = format(event(Level.INFO, "e", pair("body", "x".repeat(100_000))));
        assertThat(line).hasSizeLessThan(LogfmtLine.MAX_VALUE + 100).endsWith("x…\"\n");
    }

    @Test
    void levelsHaveTheNamesOfSlf4j() {
        assertThat(format(event(Level.SEVERE, "e"))).contains(" ERROR e");
        assertThat(format(event(Level.CONFIG, "e"))).contains(" DEBUG e");
        assertThat(format(event(Level.FINE, "e"))).contains(" DEBUG e");
        assertThat(format(event(Level.FINEST, "e"))).contains(" TRACE e");
    }

    @Test
    void othersAreNamed() {
        LogRecord event = event(Level.INFO, "listening on {0}");
        event.setLoggerName("io.vertx.core");
        event.setParameters(new Object[] {"8080"});
        assertThat(format(event))
                .isEqualTo("2026-11-24T10:00:00.120Z INFO \"listening on 8080\" logger=io.vertx.core\n");
    }

    @Test
    void anExceptionIsItsMessageAndItsRootsMessage() {
        LogRecord event = event(Level.SEVERE, "record_sink_failed");
        event.setThrown(new UncheckedIOException("write", new IOException("No space left\non device")));
        assertThat(format(event))
                .isEqualTo("2026-11-24T10:00:00.120Z ERROR record_sink_failed "
                        + "error=\"java.io.UncheckedIOException: write\" "
                        + "cause=\"java.io.IOException: No space left\\non device\"\n");
    }

    @Test
    void stackTracesAreForDebugging() {
        LogRecord event = event(Level.FINE, "call_failed");
        event.setThrown(new IllegalStateException("first\nline", new IOException("second")));

        String[] lines = format(event).split("\n");
        assertThat(lines[0]).contains("DEBUG call_failed error=\"java.lang.IllegalStateException: first\\nline\"");
        assertThat(lines[1]).isEqualTo("    java.lang.IllegalStateException: first\\nline");
        assertThat(lines[2]).startsWith("      at " + LogfmtFormatterTest.class.getName());
        assertThat(lines).contains("    java.io.IOException: second");

        event.setLevel(Level.INFO);
        assertThat(format(event)).containsOnlyOnce("\n");
        assertThat(new LogfmtFormatter(true).format(event)).contains("\n      at ");
    }
}
