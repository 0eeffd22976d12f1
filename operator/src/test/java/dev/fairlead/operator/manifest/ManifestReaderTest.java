package dev.fairlead.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.world.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
    private static final String POOL = """
            apiVersion: fairlead.dev/v1alpha1
            kind: KeyPool
            metadata: {name: openai}
            spec:
              provider: {type: OpenAI}
              keys:
              - {name: a1, secretRef: {name: openai-keys}}
            """;

    private static final String ROUTE = """
            apiVersion: fairlead.dev/v1alpha1
            kind: AIRoute
            metadata: {name: chat, namespace: team-a}
            spec:
              models:
              - name: gpt-4o
                targets:
                - {name: primary, keyPoolRef: {name: openai}}
            """;

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    @Test
    void readsEveryFileOfAFolderAndItsSubFoldersByName() {
        folder.with("b.yaml", POOL.replace("openai}", "b}"))
                .with("a/z.yml", POOL.replace("openai}", "a-z}"))
                .with("a.yaml", POOL.replace("openai}", "a}"))
                .with("c.json", "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"c\"}}")
                .with(".hidden.yaml", "what: ever")
                .with(".git/x.yaml", "what: ever")
                .with("README.md", "what: ever")
                .with("kustomization.yaml", "resources: [b.yaml]\n");

        assertThat(folder.findings()).isEmpty();
        assertThat(folder.objects())
                .containsExactly(
                        "KeyPool default/a-z", "KeyPool default/a", "KeyPool default/b", "ConfigMap default/c");
    }

    @Test
    void readsDocumentsAndLists() {
        folder.with("all.yaml", POOL + "---\n" + ROUTE + "---\n# nothing\n---\n")
                .with("list.yaml", """
                        apiVersion: v1
                        kind: List
                        items:
                        - apiVersion: v1
                          kind: Namespace
                          metadata: {name: team-a, labels: {tier: gold}}
                        - apiVersion: fairlead.dev/v1alpha1
                          kind: Tenant
                          metadata: {name: search}
                          spec: {namespaces: [team-a], typo: 1}
                        """);

        assertThat(folder.objects())
                .containsExactly("KeyPool default/openai", "AIRoute team-a/chat", "Namespace team-a");
        assertThat(folder.findings())
                .containsExactly("ERROR list.yaml:10 Tenant search spec.typo: unknown field \"spec.typo\"");
    }

    @Test
    void handsOnObjectsAsAnApiServerWouldStoreThem() {
        folder.with("pool.yaml", POOL + "status: {sidecars: 1/1}\n");

        var pool = folder.read().ofKind("KeyPool").get(0);

        assertThat(pool.body().at("/metadata/namespace").asText()).isEqualTo("default");
        assertThat(pool.body().at("/spec/keys/0/weight").asInt()).isEqualTo(1);
        assertThat(pool.body().at("/spec/keys/0/secretRef/key").asText()).isEqualTo("api-key");
        assertThat(pool.body().at("/spec/wait/maxWait").asText()).isEqualTo("30s");
        assertThat(pool.body().has("status")).isFalse();
    }

    @Test
    void leadsFromAnyPathToItsLine() {
        folder.with("pool.yaml", "# mine\n---\n" + POOL);

        var pool = folder.read().ofKind("KeyPool").get(0);

        assertThat(pool.source()).isEqualTo(new Source(temp.resolve("pool.yaml").toString(), 3, 1));
        assertThat(pool.source("spec.keys[0].secretRef.name").line()).isEqualTo(9);
        assertThat(pool.source("spec.wait.maxWait").line()).isEqualTo(6);
        assertThat(pool).hasToString("KeyPool default/openai (" + temp.resolve("pool.yaml") + ":3)");
    }

    @Test
    void whatItHandsOnCannotBeChanged() {
        folder.with("pool.yaml", POOL);
        var pool = folder.read().ofKind("KeyPool").get(0);

        pool.body().removeAll();

        assertThat(pool.body().has("spec")).isTrue();
    }

    @Test
    void aFaultyObjectNeverStopsAnother() {
        folder.with("bad.yaml", POOL.replace("name: openai}", "name: bad}").replace("keys:", "kesy:"))
                .with("broken.yaml", "a: [\n---\n" + POOL)
                .with("latin1.yaml", "x");
        write("latin1.yaml", "a: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        var manifests = folder.read();

        assertThat(folder.objects()).containsExactly("KeyPool default/openai");
        assertThat(manifests.refused()).containsExactly(new ObjectRef("KeyPool", "default", "bad"));
        assertThat(manifests.hasErrors()).isTrue();
        assertThat(folder.findings())
                .containsExactly(
                        "ERROR bad.yaml:6 KeyPool default/bad spec.kesy: unknown field \"spec.kesy\", did you mean"
                                + " \"keys\"?",
                        "ERROR broken.yaml:2: not valid YAML: the text ends where a value or a closing bracket is"
                                + " expected",
                        "ERROR latin1.yaml:1: not valid UTF-8 at byte 6: save the file as UTF-8");
    }

    @Test
    void reportsRulesWithTheirMessageAndLine() {
        folder.with("pool.yaml", POOL.replace("type: OpenAI}", "type: OpenAI}\n  auth: {type: None}"));

        assertThat(folder.findings())
                .containsExactly(
                        "ERROR pool.yaml:4 KeyPool default/openai spec: Invalid value: \"object\": auth.type None"
                                + " sends no credential, but keys are given: remove keys, or set auth.type to APIKey");
    }

    @Test
    void reportsEveryFaultOfAnObjectInTheOrderOfLines() {
        folder.with("pool.yaml", POOL.replace("a1,", "A_1, weight: 1001,").replace("{type: OpenAI}", "{type: [x]}"));

        assertThat(folder.findings())
                .containsExactly(
                        "ERROR pool.yaml:5 KeyPool default/openai spec.provider.type: Invalid value: \"array\":"
                                + " spec.provider.type in body must be of type string: \"array\"",
                        "ERROR pool.yaml:7 KeyPool default/openai spec.keys[0].name: Invalid value: \"A_1\":"
                                + " spec.keys[0].name in body should match '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'",
                        "ERROR pool.yaml:7 KeyPool default/openai spec.keys[0].weight: Invalid value: 1001:"
                                + " spec.keys[0].weight in body should be less than or equal to 1000");
    }

    @Test
    void explainsUnquotedWordsThatAreNoText() {
        folder.with("pool.yaml", POOL.replace("name: a1,", "name: on,"))
                .with("route.yaml", ROUTE.replace("name: gpt-4o", "name: 0x10"));

        assertThat(folder.findings())
                .containsExactly(
                        "ERROR pool.yaml:7 KeyPool default/openai spec.keys[0].name: Invalid value: \"boolean\":"
                                + " spec.keys[0].name in body must be of type string: \"boolean\" (in Kubernetes' YAML the"
                                + " unquoted word on is no text: write \"on\")",
                        "ERROR route.yaml:6 AIRoute team-a/chat spec.models[0].name: Invalid value: \"integer\":"
                                + " spec.models[0].name in body must be of type string: \"integer\" (in Kubernetes' YAML the"
                                + " unquoted word 0x10 is no text: write \"0x10\")");
    }

    @Test
    void findsObjectsThatAreThereTwice() {
        folder.with("a.yaml", POOL)
                .with("b.yaml", "---\n" + POOL.replace("name: openai}", "name: openai, namespace: default}"));

        assertThat(folder.findings())
                .containsExactly("ERROR b.yaml:4 KeyPool default/openai metadata.name: Duplicate value: KeyPool"
                        + " default/openai is defined at a.yaml:2 already".replace("a.yaml:2", "a.yaml:1"));
        assertThat(folder.read().refused()).isEmpty();
        assertThat(folder.objects()).containsExactly("KeyPool default/openai");
    }

    @Test
    void reportsAKeyGivenTwiceWithItsObject() {
        folder.with("pool.yaml", POOL.replace("spec:", "spec:\n  provider: {type: Groq}"));

        assertThat(folder.findings())
                .containsExactly(
                        "ERROR pool.yaml:6 KeyPool default/openai: duplicate key \"provider\": it is given on line 5 already");
        assertThat(folder.objects()).isEmpty();
    }

    @Test
    void saysNoMoreThanAnybodyReads() {
        folder.with("pool.yaml", POOL + "  - {name: a b}\n".repeat(300))
                .with("twice.yaml", POOL + "x: 1\n".repeat(300));

        assertThat(folder.objects()).isEmpty();
        assertThat(folder.findings())
                .filteredOn(finding -> finding.contains("pool.yaml"))
                .hasSize(101)
                .contains("INFO pool.yaml:1 KeyPool default/openai: 800 more findings are not shown");
        assertThat(folder.findings())
                .filteredOn(finding -> finding.contains("twice.yaml"))
                .hasSizeBetween(100, 101);
    }

    @Test
    void saysWhatIsMissingOnDisk() {
        var reader = new ManifestReader(Folder.KINDS);
        folder.with("empty/README.md", "x");

        var manifests = reader.read(
                List.of(temp.resolve("nowhere"), temp.resolve("empty"), Path.of("/dev/null")), "default", name -> null);

        assertThat(manifests.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        temp.resolve("nowhere") + ": no such file or folder",
                        temp.resolve("empty") + ": holds no manifest that was not read already (*.yaml, *.yml, *.json)",
                        "/dev/null: not a regular file");
        assertThat(manifests.objects()).isEmpty();
    }

    @Test
    void readsAFileThatIsNamedWhateverItsName() throws IOException {
        var file = Files.writeString(temp.resolve("pool.txt"), POOL);

        var manifests = new ManifestReader(Folder.KINDS).read(List.of(file, file), "team-b", name -> null);

        assertThat(manifests.findings()).isEmpty();
        assertThat(manifests.objects())
                .extracting(ManifestObject::ref)
                .containsExactly(new ObjectRef("KeyPool", "team-b", "openai"));
    }

    @Test
    void followsLinksWithoutGoingInCircles() throws IOException {
        folder.with("..data/pool.yaml", POOL).with("sub/route.yaml", ROUTE);
        Files.createSymbolicLink(temp.resolve("pool.yaml"), Path.of("..data", "pool.yaml"));
        Files.createSymbolicLink(temp.resolve("sub/loop"), temp);
        Files.createSymbolicLink(temp.resolve("sub/again.yaml"), temp.resolve("pool.yaml"));
        Files.createSymbolicLink(temp.resolve("gone.yaml"), temp.resolve("nowhere.yaml"));

        assertThat(folder.objects()).containsExactly("KeyPool default/openai", "AIRoute team-a/chat");
        assertThat(folder.findings()).containsExactly("ERROR gone.yaml: cannot be read: it is not there (any more)");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        folder.with("large.yaml", "a: " + "x".repeat(4 * 1024 * 1024)).with("pool.yaml", POOL);

        assertThat(folder.objects()).containsExactly("KeyPool default/openai");
        assertThat(folder.findings())
                .containsExactly("ERROR large.yaml:1: larger than 3145728 bytes, which is the most that is read");
    }

    @Test
    void sameFolderSameAnswer() {
        folder.with("a.yaml", POOL.replace("keys:", "kesy:"))
                .with("b.yaml", ROUTE)
                .with("c.yaml", "kind: x");

        assertThat(folder.findings()).isEqualTo(folder.findings());
        assertThat(folder.objects()).isEqualTo(folder.objects());
    }

    private void write(String name, byte[] bytes) {
        try {
            Files.write(temp.resolve(name), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
