package dev.fairlead.operator.standalone;

import dev.fairlead.sidecar.telemetry.LogfmtFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What the reloader has logged, as it would stand on standard error. */
final class ReloaderLog extends Handler {
    private final List<String> lines = new ArrayList<>();
    private final LogfmtFormatter format = new LogfmtFormatter();
    private final Logger logger = Logger.getLogger(Reloader.class.getName());

    ReloaderLog() {
        logger.setUseParentHandlers(false);
        for (var other : logger.getHandlers()) {
            logger.removeHandler(other);
        }
        logger.addHandler(this);
    }

    Stream<String> lines() {
        return lines.stream();
    }

    @Override
    public void publish(LogRecord event) {
        lines.add(format.format(event));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
