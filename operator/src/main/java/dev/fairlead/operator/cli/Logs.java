package dev.fairlead.operator.cli;

import dev.fairlead.sidecar.telemetry.LogfmtFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Logging of the process: one line an event on standard error. */
final class Logs {
    private static final Map<String, Level> LEVELS =
            Map.of("debug", Level.FINE, "info", Level.INFO, "warn", Level.WARNING, "error", Level.SEVERE);

    /** Libraries have their say, but not their debugging. */
    private static final Level OTHERS = Level.INFO;

    private final Level level;

    /**
     * @param level debug, info, warn or error; {@code null} for info
     * @throws IllegalArgumentException when it is none of them
     */
    Logs(String level) {
        this.level = level == null || level.isEmpty() ? Level.INFO : LEVELS.get(level.toLowerCase(Locale.ROOT));
        if (this.level == null) {
            throw new IllegalArgumentException("FAIRLEAD_LOG is '" + level + "': expected debug, info, warn or error");
        }
    }

    /** Takes the process's logging over; whether it is at the level for those who want to see everything. */
    boolean install() {
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        var handler = new ConsoleHandler();
        handler.setFormatter(new LogfmtFormatter());
        handler.setLevel(level);
        handler.setFilter(
                event -> isOurs(event.getLoggerName()) || event.getLevel().intValue() >= OTHERS.intValue());
        root.addHandler(handler);
        root.setLevel(level);
        return level.equals(Level.FINE);
    }

    private static boolean isOurs(String logger) {
        return logger != null && logger.startsWith("dev.fairlead.");
    }

    /**
     * Keeps logging alive to the very end. The JDK's own manager takes all handlers away in a shutdown hook, while draining
     * still has something to say in another.
     */
    public static final class Manager extends LogManager {
        @Override
        public void reset() {
            // Nothing: there is no configuration before ours, and none after it.
        }
    }
}
