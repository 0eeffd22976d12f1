package dev.fairlead.sidecar.telemetry;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.event.KeyValuePair;

/**
 * One line per event, for people and for machines: {@code time level event key=value ...}. Key-values come as the record's
 * parameters, from {@link EventLogProvider}. Nothing that is logged can begin a line of its own or move the terminal's cursor;
 * long values are cut. An exception is its class and message, and its root cause's; its stack trace follows, indented, only
 * for events of level FINE and below, or always when asked for.
 */
public final class LogfmtFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String OURS = "dev.fairlead.";
    private static final int MAX_CAUSES = 10;

    private final boolean stackTraces;

    /** Stack traces for events of level FINE and below only. */
    public LogfmtFormatter() {
        this(false);
    }

    /** @param stackTraces whether every exception shows its stack trace */
    public LogfmtFormatter(boolean stackTraces) {
        this.stackTraces = stackTraces;
    }

    @Override
    public String format(LogRecord event) {
        LogfmtLine line = new LogfmtLine();
        line.word(TIME.format(event.getInstant())).word(level(event.getLevel()));
        if (event.getParameters() instanceof KeyValuePair[] pairs) {
            line.value(event.getMessage());
            for (KeyValuePair pair : pairs) {
                line.pair(pair.key, String.valueOf(pair.value));
            }
        } else {
            line.value(formatMessage(event));
        }
        String logger = event.getLoggerName();
        if (logger != null && !logger.isEmpty() && !logger.startsWith(OURS)) {
            line.pair("logger", logger);
        }
        Throwable thrown = event.getThrown();
        if (thrown != null) {
            line.pair("error", thrown.toString());
            Throwable root = rootOf(thrown);
            if (root != thrown) {
                line.pair("cause", root.toString());
            }
        }
        line.end();
        if (thrown != null && (stackTraces || event.getLevel().intValue() <= Level.FINE.intValue())) {
            stackTrace(thrown, line);
        }
        return line.toString();
    }

    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (value >= Level.INFO.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < MAX_CAUSES; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static void stackTrace(Throwable thrown, LogfmtLine line) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            line.indented(cause.toString());
            for (StackTraceElement frame : cause.getStackTrace()) {
                line.indented("  at " + frame);
            }
            cause = cause.getCause();
        }
    }
}
