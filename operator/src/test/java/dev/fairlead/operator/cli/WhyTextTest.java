package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WhyTextTest {
    private static String key(String json) throws Exception {
        var answer = new ObjectMapper().readTree("{\"targets\": [{\"keys\": [" + json.replace('\'', '"') + "]}]}");
        var out = new StringWriter();
        new WhyText(answer).print(new PrintWriter(out, true));
        var lines = out.toString().lines().toList();
        return lines.get(lines.size() - 1).strip().replaceAll(" +", " ");
    }

    @Test
    void aRefusedKeyIsTriedAndNobodyKnowsWhetherItWillBeBack() throws Exception {
        assertThat(
                        key(
                                "{'key': 'a', 'quotaGroup': 'b', 'state': 'Invalid', 'because': 'credential', 'availableInMs': 9}"))
                .isEqualTo("a b invalid credential, tried again in 9 ms");
        assertThat(key("{'key': 'a', 'quotaGroup': 'b', 'state': 'Invalid', 'because': 'credential', 'ready': true}"))
                .isEqualTo("a b invalid credential, the next call tries it");
        assertThat(key("{'key': 'a', 'quotaGroup': 'b', 'state': 'Parked', 'because': 'daily', 'availableInMs': 9}"))
                .isEqualTo("a b parked daily, back in 9 ms");
        assertThat(key("{'key': 'a', 'quotaGroup': 'b', 'state': 'Available', 'ready': true}"))
                .isEqualTo("a b ready");
    }
}
