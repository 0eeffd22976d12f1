package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who starts it by hand is told in one line what the chart would have said. */
class OperatorCommandTest {
    @ParameterizedTest
    @CsvSource({
        "FAIRLEAD_NAMESPACE,",
        "FAIRLEAD_POD_NAME,",
        "FAIRLEAD_POD_IP,",
        "FAIRLEAD_WEBHOOK_CONFIGURATION,",
        "FAIRLEAD_SIDECAR_IMAGE,",
        "FAIRLEAD_SIDECAR_IMAGE, 'not an image'",
        "FAIRLEAD_SIDECAR_MEMORY_REQUEST, much"
    })
    void whatIsMissingOrWrongIsNamed(String variable, String value) {
        var cli = new Cli();
        for (var name : new String[] {
            "FAIRLEAD_NAMESPACE", "FAIRLEAD_POD_NAME", "FAIRLEAD_POD_IP", "FAIRLEAD_WEBHOOK_CONFIGURATION"
        }) {
            cli.with(name, name.equals(variable) ? value : "given");
        }
        cli.with("FAIRLEAD_SIDECAR_IMAGE", "fairlead/fairlead:1").with(variable, value);

        var result = cli.run("operator");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains(value == null ? variable : value);
    }
}
