package dev.fairlead.sidecar.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** An SLF4J logger over one of {@code java.util.logging} that keeps the key-values. */
final class EventLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private final transient java.util.logging.Logger target;

    EventLogger(String slf4jName) {
        // SLF4J's root logger has a name, the one below has none.
        this.name = slf4jName;
        this.target = java.util.logging.Logger.getLogger(
                slf4jName.equalsIgnoreCase(Logger.ROOT_LOGGER_NAME) ? "" : slf4jName);
    }

    @Override
    public void log(LoggingEvent event) {
        if (!target.isLoggable(levelOf(event.getLevel()))) {
            return;
        }
        LogRecord entry = entry(event.getLevel(), event.getMessage(), event.getArgumentArray(), event.getThrowable());
        if (event.getTimeStamp() > 0) {
            entry.setInstant(Instant.ofEpochMilli(event.getTimeStamp()));
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            entry.setParameters(pairs.toArray(KeyValuePair[]::new));
        }
        target.log(entry);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String messagePattern, Object[] arguments, Throwable throwable) {
        target.log(entry(level, messagePattern, arguments, throwable));
    }

    private LogRecord entry(Level level, String pattern, Object[] arguments, Throwable throwable) {
        LogRecord entry = new LogRecord(levelOf(level), MessageFormatter.basicArrayFormat(pattern, arguments));
        entry.setLoggerName(target.getName());
        entry.setThrown(throwable);
        return entry;
    }

    private static java.util.logging.Level levelOf(Level level) {
        return switch (level) {
            case TRACE -> java.util.logging.Level.FINEST;
            case DEBUG -> java.util.logging.Level.FINE;
            case INFO -> java.util.logging.Level.INFO;
            case WARN -> java.util.logging.Level.WARNING;
            case ERROR -> java.util.logging.Level.SEVERE;
        };
    }

    @Override
    public boolean isTraceEnabled() {
        return target.isLoggable(java.util.logging.Level.FINEST);
    }

    @Override
    public boolean isDebugEnabled() {
        return target.isLoggable(java.util.logging.Level.FINE);
    }

    @Override
    public boolean isInfoEnabled() {
        return target.isLoggable(java.util.logging.Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return target.isLoggable(java.util.logging.Level.WARNING);
    }

    @Override
    public boolean isErrorEnabled() {
        return target.isLoggable(java.util.logging.Level.SEVERE);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }
}
