package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FairleadTest {
    @Test
    void theVersionIsThatOfTheBuild() {
        var result = new Cli().run("--version");
        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("fairlead \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void helpNamesEveryCommandThatIsMeantForPeople() {
        var result = new Cli().run("--help");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("run", "compile", "validate", "plan", "simulate", "generate-completion", "FAIRLEAD_LOG")
                .doesNotContain("quickstart", "sidecar  ");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run", "compile", "validate", "plan", "simulate", "quickstart", "sidecar", "generate-completion"
            })
    void everyCommandHelps(String command) {
        var result = new Cli().run(command, "--help");
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: fairlead " + command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|Missing required command",
                "run|DIR",
                "run dir --listen 15080|'15080' is not HOST:PORT",
                "run dir --listen host:65536|'host:65536' is not HOST:PORT",
                "run dir --drain-timeout soon|'soon' is not a duration",
                "run dir --event-loops 0|--event-loops is 0",
                "run dir --event-loops many|many",
                "run dir --console 127.0.0.1:0|--console",
                "compile dir -o xml|xml",
                "validate|PATH",
            })
    void aWrongCallSaysWhatIsWrongInTwoLinesAndEndsWith2(String line, String expected) {
        var result = new Cli().run((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(expected).contains("--help").hasLineCount(2);
    }

    @Test
    void aMisspelledCommandGetsASuggestion() {
        assertThat(new Cli().run("validat", "dir").err()).contains("validate");
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        var result = new Cli().run("generate-completion");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("complete -F", "validate", "--service-account");
    }

    @Test
    void aSidecarWithoutItsVariablesSaysWhichIsMissingAndEndsWith2() {
        var result = new Cli().run("sidecar");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("fairlead: FAIRLEAD_CONFIG_ADDRESS is not set: injection writes it into the pod\n");
    }
}
