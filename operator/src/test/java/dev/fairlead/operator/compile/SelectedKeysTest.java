package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.KeyPoolSpec;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.LabelledSecret;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.SecretSearch;
import dev.fairlead.sidecar.config.KeyConfig;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Beside the golden cases {@code pool-key-selector*}: what no file can hold. */
class SelectedKeysTest {
    private static final LabelSelector SELECTOR = new LabelSelectorBuilder()
            .addToMatchLabels("fairlead.dev/pool", "openai")
            .build();

    private final Findings findings = new Findings();

    private PoolKeys compile(SecretSearch answer) {
        var lookup = new EntryLookup() {
            @Override
            public Entry find(String namespace, String name, String key) {
                return new Entry.Missing(Reason.SECRET_NOT_FOUND, "nobody asks by name");
            }

            @Override
            public SecretSearch search(String namespace, LabelSelector selector) {
                return answer;
            }
        };
        var spec = new KeyPoolSpec();
        spec.setKeySelector(SELECTOR);
        return new KeyCompiler("team-a", lookup, new Fields(new ObjectRef("KeyPool", "team-a", "openai"), findings))
                .compile(spec, "APIKey");
    }

    private static LabelledSecret secret(String name, Map<String, String> annotations) {
        return new LabelledSecret(
                "team-a", name, Map.of("fairlead.dev/pool", "openai"), annotations, new Entry.Value("sk-" + name));
    }

    @Test
    void ofMoreSecretsThanAPoolMayHaveTheFirstByNameAreTaken() {
        var many = IntStream.range(0, 1030)
                .mapToObj(i -> secret(String.format("key-%04d", 1029 - i), Map.of()))
                .toList();
        var keys = compile(new SecretSearch.Found(many));
        assertThat(keys.usable())
                .hasSize(1024)
                .extracting(KeyConfig::name)
                .startsWith("key-0000", "key-0001")
                .endsWith("key-1023");
        assertThat(findings.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.TOO_MANY_KEYS);
            assertThat(finding.message()).contains("1030", "the last 6 by name are left out");
        });
    }

    @Test
    void whereNobodyMayLookThePoolHasNoKeyAndTheReasonIsSaid() {
        var keys = compile(new SecretSearch.Refused(Reason.SECRETS_NOT_READABLE, "it is forbidden"));
        assertThat(keys.usable()).isEmpty();
        assertThat(findings.sorted())
                .extracting(Diagnostic::reason)
                .containsExactlyInAnyOrder(Reason.SECRETS_NOT_READABLE, Reason.NO_USABLE_KEY);
    }

    @Test
    void aCopyOfTheSecretInAForeignAnnotationIsNotKept() {
        var kept = secret(
                "a", Map.of("kubectl.kubernetes.io/last-applied-configuration", "sk-a", "fairlead.dev/weight", "2"));
        assertThat(kept.annotations()).containsOnlyKeys("fairlead.dev/weight");
        assertThat(kept.toString()).doesNotContain("sk-a");
    }
}
