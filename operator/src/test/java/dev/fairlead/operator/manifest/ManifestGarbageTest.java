package dev.fairlead.operator.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.manifest.yaml.YamlReader;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ManifestGarbageTest {
    private static final String SECRET = "sk-Qm4xZ8vT2nLw7RbC9dKe";
    private static final String FROM_ENVIRONMENT = "sk-env-H3yP6sUf1aJ0gXoVt5";

    private static final String VALID =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: KeyPool
            metadata:
              name: openai
              labels: {team: a}
            spec:
              provider: {type: OpenAI}
              keys:
              - {name: a1, weight: 2, secretRef: {name: openai-keys, key: a1}}
              - {name: a2, secretRef: {name: openai-keys, key: a2}}
              wait: {maxWait: 30s, maxDepth: 10}
            ---
            apiVersion: v1
            kind: Secret
            metadata:
              name: openai-keys
            stringData:
              a1: %s
              a2: "${OPENAI_API_KEY}"
            data:
              a3: %s
            ---
            apiVersion: fairlead.dev/v1alpha1
            kind: AIRoute
            metadata:
              name: chat
            spec:
              models:
              - name: gpt-4o
                targets:
                - name: primary
                  keyPoolRef: {name: openai}
              access:
                mode: Open
            """.formatted(SECRET, Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)));

    private static final List<String> PIECES = List.of(
            "",
            " ",
            "  ",
            "\n",
            ":",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            "\"",
            "|",
            ">",
            "#",
            "*",
            "&a ",
            "*a",
            "---\n",
            "null",
            "yes",
            "0",
            "-1",
            "1e9",
            "x",
            "kind: Secret\n",
            "kind: ConfigMap\n",
            "items: ",
            "kind: List\n",
            "${",
            "${A}",
            "\u0000",
            "\u00e9",
            "<<: ",
            "!!int ",
            "!x ",
            "? ",
            "%",
            "  a: b\n",
            "spec: ",
            "\t");

    @Property(tries = 400)
    void aDamagedManifestIsObjectsAndFindingsAndNeverShowsAKey(@ForAll("damaged") String text) {
        var manifests = read(text);

        assertThat(manifests.findings())
                .allSatisfy(finding -> assertThat(finding.toString())
                        .doesNotContain(SECRET)
                        .doesNotContain(SECRET.substring(3))
                        .doesNotContain(FROM_ENVIRONMENT));
        assertThat(manifests.toString()).doesNotContain(SECRET).doesNotContain(FROM_ENVIRONMENT);
        assertThat(manifests.objects()).extracting(ManifestObject::ref).noneMatch(manifests.refused()::contains);
        if (manifests.objects().size() < 3) {
            assertThat(manifests.findings()).isNotEmpty();
        }
    }

    @Property(tries = 1)
    void undamagedItIsFine() {
        assertThat(read(VALID).findings()).isEmpty();
        assertThat(read(VALID).objects()).hasSize(3);
    }

    @Provide
    Arbitrary<String> damaged() {
        var damage = Combinators.combine(
                        Arbitraries.integers().between(0, VALID.length()),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.of(PIECES))
                .as(Damage::new);
        return damage.list().ofMinSize(1).ofMaxSize(4).map(list -> {
            String text = VALID;
            for (var each : list) {
                text = each.apply(text);
            }
            return text;
        });
    }

    private static Manifests read(String text) {
        var environment = new EnvironmentText(name -> name.equals("OPENAI_API_KEY") ? FROM_ENVIRONMENT : null);
        var reading = new ManifestReading(Folder.KINDS, "default", environment);
        reading.file("x.yaml", new YamlReader().read(text.getBytes(UTF_8)));
        return reading.result();
    }

    /** Cuts something out and puts something in. */
    private record Damage(int at, int cut, String piece) {
        String apply(String text) {
            int start = Math.min(at, text.length());
            return text.substring(0, start) + piece + text.substring(Math.min(start + cut, text.length()));
        }
    }
}
