package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {
    @TempDir
    private Path folder;

    private Manifest manifest;

    @BeforeEach
    void aFolderThatWorks() throws IOException {
        manifest = Manifest.in(folder);
    }

    @Test
    void yamlAndJsonSayTheSameAndNeitherSaysTheKey() throws IOException {
        var yaml = new Cli().run("compile", folder);
        var json = new Cli().run("compile", folder, "-o", "json");
        assertThat(yaml.code()).isZero();
        assertThat(yaml.err()).isEmpty();
        JsonNode config = new ObjectMapper().readTree(json.out());
        assertThat(new ObjectMapper(new YAMLFactory()).readTree(yaml.out())).isEqualTo(config);
        assertThat(yaml.out() + json.out()).doesNotContain(Manifest.SECRET);
        assertThat(config.at("/pools/0/keys/0/fingerprint").asText()).matches("[0-9a-f]{12}");
        assertThat(config.at("/routes/0/models/0/name").asText()).isEqualTo("gpt-4o");
    }

    @Test
    void theWorkloadIsWhoTheOptionsSay() throws IOException {
        manifest.write("tenant.yaml", """
                apiVersion: fairlead.dev/v1alpha1
                kind: Tenant
                metadata: {name: acme}
                spec: {namespaces: [team-b]}
                """);
        manifest.write("subscription.yaml", """
                apiVersion: fairlead.dev/v1alpha1
                kind: Subscription
                metadata: {name: chat, namespace: team-b}
                spec:
                  routeRef: {name: chat, namespace: default}
                  workloads: {serviceAccounts: [app], selector: {matchLabels: {tier: web}}}
                  approval: {decision: Approved}
                """);
        manifest.replace("route.yaml", "spec:", "spec:\n  access: {mode: Subscription}");
        for (String file : new String[] {"pool.yaml", "secret.yaml", "route.yaml"}) {
            manifest.replace(file, "metadata: {name: ", "metadata: {namespace: default, name: ");
        }
        var options = new Object[] {
            "compile",
            folder,
            "-o",
            "json",
            "--namespace",
            "team-b",
            "--service-account",
            "app",
            "--labels",
            "tier=web,a=b"
        };
        var config = new ObjectMapper().readTree(new Cli().run(options).out());
        assertThat(config.at("/workload/tenant").asText()).isEqualTo("acme");
        assertThat(config.at("/workload/serviceAccount").asText()).isEqualTo("app");
        assertThat(config.at("/routes/0/audience").asText()).isEqualTo("SUBSCRIBED");

        var other = new ObjectMapper()
                .readTree(new Cli()
                        .run("compile", folder, "-o", "json", "--namespace", "team-b")
                        .out());
        assertThat(other.at("/routes/0/refusal/code").asText()).isEqualTo("subscription_required");
        assertThat(other.at("/pools")).isEmpty();
    }

    @Test
    void findingsGoToStandardErrorAndErrorsToTheExitCode() throws IOException {
        manifest.replace("secret.yaml", Manifest.SECRET, "${NOT_SET}");
        var result = new Cli().run("compile", folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).startsWith("version: 1\n");
        assertThat(result.err())
                .contains(folder.resolve("pool.yaml") + ":7 KeyPool default/openai spec.keys[0].secretRef: ")
                .contains("NOT_SET")
                .contains("spec.keys: has no key that can be used");
    }
}
