package dev.fairlead.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogProviderTest {
    private static final String NAME = "dev.fairlead.sidecar.telemetry.of-this-test";

    private final List<LogRecord> published = new ArrayList<>();
    private final Logger target = Logger.getLogger(NAME);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord event) {
            published.add(event);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final EventLogProvider provider = new EventLogProvider();
    private final org.slf4j.Logger log = provider.getLoggerFactory().getLogger(NAME);

    @BeforeEach
    void listen() {
        target.setUseParentHandlers(false);
        target.setLevel(Level.INFO);
        target.addHandler(handler);
    }

    @AfterEach
    void leave() {
        target.removeHandler(handler);
        target.setUseParentHandlers(true);
        target.setLevel(null);
    }

    private String line() {
        assertThat(published).hasSize(1);
        String line = new LogfmtFormatter().format(published.get(0));
        return line.substring(line.indexOf(' ') + 1);
    }

    @Test
    void keyValuesArriveInTheLine() {
        log.atInfo().addKeyValue("hash", "3f2a").addKeyValue("routes", 3).log("config_applied");
        assertThat(line()).isEqualTo("INFO config_applied hash=3f2a routes=3\n");
    }

    @Test
    void theTimeIsNow() {
        long before = System.currentTimeMillis();
        log.atInfo().log("e");
        log.info("e");
        assertThat(published)
                .allSatisfy(event -> assertThat(event.getMillis()).isBetween(before, System.currentTimeMillis()));
        assertThat(published).hasSize(2);
    }

    @Test
    void placeholdersAreFilledAndBracesOfValuesAreNot() {
        log.atWarn().addKeyValue("path", "{0}").log("cannot read {}: {}", "a {0} b", "c");
        assertThat(line()).isEqualTo("WARN \"cannot read a {0} b: c\" path={0}\n");
    }

    @Test
    void theClassicMethodsWork() {
        log.warn("cannot read {}", "x", new IOException("gone"));
        assertThat(line()).isEqualTo("WARN \"cannot read x\" error=\"java.io.IOException: gone\"\n");
    }

    @Test
    void aThrowableOfTheFluentStyleArrives() {
        log.atError().setCause(new IOException("gone")).log("sink_failed");
        assertThat(line()).isEqualTo("ERROR sink_failed error=\"java.io.IOException: gone\"\n");
    }

    @Test
    void levelsFollowTheLoggerBelow() {
        log.atDebug().addKeyValue("a", 1).log("hidden");
        log.debug("hidden");
        assertThat(published).isEmpty();
        assertThat(log.isDebugEnabled()).isFalse();
        assertThat(log.isInfoEnabled()).isTrue();

        target.setLevel(Level.ALL);
        assertThat(log.isTraceEnabled()).isTrue();
        log.atTrace().log("shown");
        assertThat(line()).isEqualTo("TRACE shown\n");

        target.setLevel(Level.SEVERE);
        assertThat(log.isWarnEnabled()).isFalse();
        assertThat(log.isErrorEnabled()).isTrue();
    }

    @Test
    void oneNameIsOneLogger() {
        assertThat(provider.getLoggerFactory().getLogger(NAME)).isSameAs(log);
        assertThat(provider.getLoggerFactory().getLogger("ROOT").getName()).isEqualTo("ROOT");
    }
}
