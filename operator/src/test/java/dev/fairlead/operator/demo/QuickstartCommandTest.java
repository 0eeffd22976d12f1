package dev.fairlead.operator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The promise of the quick start, on a burst that is small enough for a test and too large for the accounts. */
class QuickstartCommandTest {
    @Test
    void everyCallIsAnsweredAlthoughTheProviderTurnsSomeAway() {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new CommandLine(new QuickstartCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("../examples/quickstart", "../examples/simulator/quickstart.yaml", "--once", "--calls", "45");
        assertThat(out.toString())
                .contains("calls sent               45")
                .contains("calls answered           45")
                .contains("429s the client saw      0")
                .containsPattern("429s the provider gave +[1-9]");
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
    }
}
