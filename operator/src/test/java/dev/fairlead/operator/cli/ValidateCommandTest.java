package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateCommandTest {
    @TempDir
    private Path folder;

    private Manifest manifest;

    @BeforeEach
    void aFolderThatWorks() throws IOException {
        manifest = Manifest.in(folder);
    }

    @Test
    void aFolderThatWorksIsSaidToBeOkInOneLine() {
        var result = new Cli().run("validate", folder);
        assertThat(result).isEqualTo(new Cli.Result(0, "ok: 3 objects, 0 errors, 0 warnings\n", ""));
    }

    @Test
    void aMistakeInAFieldIsFoundWhereItStands() throws IOException {
        manifest.replace("pool.yaml", "keys:", "kees:");
        var result = new Cli().run("validate", folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .containsPattern("(?m)^" + folder.resolve("pool.yaml") + ":6 KeyPool default/openai spec.*kees")
                .contains("\n2 objects, ");
    }

    @Test
    void aReferenceToNothingIsFoundWhereItStands() throws IOException {
        manifest.replace("route.yaml", "{name: openai}", "{name: opnai}");
        var result = new Cli().run("validate", folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains(folder.resolve("route.yaml")
                        + ":9 AIRoute default/chat spec.models[0].targets[0].keyPoolRef: 'default/opnai' is not available"
                        + " to namespace 'default': it does not exist or its spec.allowedFrom does not include it\n");
    }

    @Test
    void aReferenceToSomethingRefusedIsNotCalledAReferenceToNothing() throws IOException {
        manifest.replace("pool.yaml", "keys:", "kees:");
        assertThat(new Cli().run("validate", folder).out())
                .contains("KeyPool default/openai has an error of its own")
                .doesNotContain("it does not exist");
    }

    @Test
    void aSecretWithoutTheKeyIsFoundAtTheKey() throws IOException {
        manifest.replace("secret.yaml", "  a:", "  b:");
        var result = new Cli().run("validate", folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains(folder.resolve("pool.yaml") + ":7 KeyPool default/openai spec.keys[0].secretRef: ")
                .contains("has no key 'a'")
                .doesNotContain(Manifest.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requestsPerMinute", "requestsPerDay", "tokensPerMinute", "tokensPerDay", "concurrency"})
    void aLimitOfNothingIsRefusedWithASentenceWhereItStands(String limit) throws IOException {
        manifest.replace("pool.yaml", "  keys:", "  quotaGroups: [{name: a, limits: [{" + limit + ": 0}]}]\n  keys:");
        var result = new Cli().run("validate", folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains(folder.resolve("pool.yaml") + ":6 KeyPool default/openai spec.quotaGroups[0].limits[0]."
                        + limit)
                .contains(limit + " 0 would let no call through: leave it out for no limit");
    }

    @Test
    void aPoolWithoutAKeyThatCanBeUsedSaysWhatBecomesOfCalls() throws IOException {
        manifest.replace("secret.yaml", Manifest.SECRET, "''");
        var result = new Cli().run("validate", folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        ":6 KeyPool default/openai spec.keys: has no key that can be used: calls are answered with keys_unusable");
    }

    @Test
    void twoPoolsOfOneNameAreToldApartByTheirPlaces() throws IOException {
        manifest.write("z.yaml", Files.readString(folder.resolve("pool.yaml")));
        var result = new Cli().run("validate", folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains(folder.resolve("z.yaml") + ":", folder.resolve("pool.yaml") + ":1 already");
    }

    @Test
    void warningsAndNotesAreMarkedAndNoFailure() throws IOException {
        manifest.write("second.yaml", """
                apiVersion: fairlead.dev/v1alpha1
                kind: AIRoute
                metadata: {name: second}
                spec:
                  models:
                  - name: gpt-4o
                    targets: [{name: main, keyPoolRef: {name: openai}}]
                """);
        var result = new Cli().run("validate", folder);
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("second.yaml:6 AIRoute default/second spec.models[0].name: warning: 'gpt-4o' goes to")
                .endsWith("ok: 4 objects, 0 errors, 1 warning\n");
    }

    @Test
    void aVariableThatIsNotSetHereIsNoError() throws IOException {
        manifest.replace("secret.yaml", Manifest.SECRET, "${MY_KEY}");
        assertThat(new Cli().run("validate", folder))
                .isEqualTo(new Cli.Result(0, "ok: 3 objects, 0 errors, 0 warnings; not set here: MY_KEY\n", ""));
        assertThat(new Cli().with("MY_KEY", "sk-1").run("validate", folder).out())
                .isEqualTo("ok: 3 objects, 0 errors, 0 warnings\n");
    }

    @Test
    void filesThatAreNotThereOrNoYamlAreFindings() throws IOException {
        manifest.write("broken.yaml", "a: [\n");
        manifest.write("latin1.yaml", "x");
        Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
        var result = new Cli().run("validate", folder, folder.resolve("nowhere"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("broken.yaml:", "latin1.yaml:", folder.resolve("nowhere") + ": no such file or folder");
    }

    @Test
    void anEmptyFolderIsAnError(@TempDir Path empty) {
        var result = new Cli().run("validate", empty);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains(empty + ": holds no manifest");
    }

    @Test
    void objectsWithoutANamespaceLiveWhereTheOptionSays() throws IOException {
        manifest.replace("pool.yaml", "{name: openai}", "{name: openai, namespace: team-a}");
        manifest.replace("secret.yaml", "{name: keys}", "{name: keys, namespace: team-a}");
        assertThat(new Cli().run("validate", folder).code()).isEqualTo(1);
        assertThat(new Cli().run("validate", folder, "--namespace", "team-a").code())
                .isZero();
    }
}
