package dev.fairlead.sidecar.telemetry;

import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Logging of a process of ours: one line an event on standard error. Used by entry points. */
public final class Logs {
    private static final Map<String, Level> LEVELS =
            Map.of("debug", Level.FINE, "info", Level.INFO, "warn", Level.WARNING, "error", Level.SEVERE);

    /** What libraries do in the normal course of things is theirs. */
    private static final Level OTHERS = Level.WARNING;

    private final Level level;

    /**
     * @param level debug, info, warn or error; {@code null} for info
     * @throws IllegalArgumentException when it is none of them
     */
    public Logs(String level) {
        this.level = level == null || level.isEmpty() ? Level.INFO : LEVELS.get(level.toLowerCase(Locale.ROOT));
        if (this.level == null) {
            throw new IllegalArgumentException("FAIRLEAD_LOG is '" + level + "': expected debug, info, warn or error");
        }
    }

    /** Chooses the backends: first of all that a process does, before anything could log. */
    public static void claim() {
        System.setProperty("java.util.logging.manager", Lasting.class.getName());
        System.setProperty("slf4j.provider", EventLogProvider.class.getName());
        // SLF4J would print a line to say that it does as it was told.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /** Takes the process's logging over; whether it is at the level for those who want to see everything. */
    public boolean install() {
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
    public static final class Lasting extends LogManager {
        @Override
        public void reset() {
            // Nothing: there is no configuration before ours, and none after it.
        }
    }
}
