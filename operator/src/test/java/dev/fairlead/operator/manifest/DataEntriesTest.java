package dev.fairlead.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataEntriesTest {
    private static final String HEAD = "apiVersion: v1\nkind: Secret\nmetadata: {name: openai-keys}\n";

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    @Test
    void findsWhatIsWrittenAndWhatIsEncoded() {
        secret("stringData: {a1: sk-plain-1, both: sk-string}\ndata: {a2: " + base64("sk-encoded-2") + ", both: "
                + base64("sk-data") + "}");

        assertThat(entry("a1")).isEqualTo(new Entry.Value("sk-plain-1"));
        assertThat(entry("a2")).isEqualTo(new Entry.Value("sk-encoded-2"));
        assertThat(entry("both")).isEqualTo(new Entry.Value("sk-string"));
        assertThat(folder.findings()).isEmpty();
    }

    @Test
    void fillsInTheEnvironment() {
        folder.withEnvironment("OPENAI_API_KEY", "sk-from-env").withEnvironment("N", "7");
        secret("stringData: {a1: '${OPENAI_API_KEY}', a2: 'x-${N}-${N}', a3: '$N ${} ${1A}'}\ndata: {a4: "
                + base64("${OPENAI_API_KEY}") + "}");

        assertThat(entry("a1")).isEqualTo(new Entry.Value("sk-from-env"));
        assertThat(entry("a2")).isEqualTo(new Entry.Value("x-7-7"));
        assertThat(entry("a3")).isEqualTo(new Entry.Value("$N ${} ${1A}"));
        assertThat(entry("a4")).isEqualTo(new Entry.Value("sk-from-env"));
        assertThat(folder.findings()).isEmpty();
    }

    @Test
    void whatTheEnvironmentHoldsIsTakenAsItIs() {
        folder.withEnvironment("A", "${B}$1\\").withEnvironment("B", "no");
        secret("stringData: {a1: '${A}'}");

        assertThat(entry("a1")).isEqualTo(new Entry.Value("${B}$1\\"));
    }

    @Test
    void saysWhichVariableIsMissingAndKeepsTheOtherKeys() {
        folder.withEnvironment("EMPTY", "");
        secret("stringData:\n  a1: ${OPENAI_API_KEY}\n  a2: sk-real-key\n  a3: ${EMPTY}");

        assertThat(folder.findings())
                .containsExactly(
                        "WARNING secret.yaml:5 Secret default/openai-keys stringData[a1]: environment variable"
                                + " OPENAI_API_KEY is not set (export it, or write the key into the manifest)",
                        "WARNING secret.yaml:7 Secret default/openai-keys stringData[a3]: environment variable EMPTY is"
                                + " not set (export it, or write the key into the manifest)");
        assertThat(entry("a1"))
                .isEqualTo(new Entry.Missing(
                        Reason.ENVIRONMENT_NOT_SET,
                        "key 'a1' of Secret 'default/openai-keys': environment variable OPENAI_API_KEY is not set (export it,"
                                + " or write the key into the manifest)"));
        assertThat(entry("a2")).isEqualTo(new Entry.Value("sk-real-key"));
    }

    @Test
    void namesWhatIsNotThere() {
        secret("stringData: {api-key: sk-1}\n---\n" + HEAD.replace("openai-keys", "bad") + "data: {a: '%'}\n---\n"
                + HEAD.replace("openai-keys", "tls") + "type: kubernetes.io/tls\nstringData: {tls.key: x}");
        var secrets = folder.read().secrets();

        assertThat(secrets.find("default", "other", "a1"))
                .isEqualTo(new Entry.Missing(Reason.SECRET_NOT_FOUND, "Secret 'default/other' does not exist"));
        assertThat(secrets.find("team-b", "openai-keys", "api-key"))
                .isEqualTo(new Entry.Missing(Reason.SECRET_NOT_FOUND, "Secret 'team-b/openai-keys' does not exist"));
        assertThat(entry("apikey"))
                .isEqualTo(new Entry.Missing(
                        Reason.SECRET_KEY_NOT_FOUND,
                        "Secret 'default/openai-keys' has no key 'apikey', did you mean \"api-key\"?"));
        assertThat(secrets.find("default", "bad", "a"))
                .isEqualTo(new Entry.Missing(Reason.REF_NOT_ACCEPTED, "Secret 'default/bad' has an error of its own"));
        assertThat(secrets.find("default", "tls", "tls.key"))
                .isEqualTo(new Entry.Missing(
                        Reason.SECRET_INVALID,
                        "Secret 'default/tls' has type kubernetes.io/tls: only Secrets of type Opaque are read"));
    }

    @Test
    void takesNothingForAnEmptyTextAndRefusesWhatIsNone() {
        secret("stringData: {empty: '', nothing: null}\ndata: {none: null, binary: /w==}");

        assertThat(entry("empty")).isEqualTo(new Entry.Value(""));
        assertThat(entry("nothing")).isEqualTo(new Entry.Value(""));
        assertThat(entry("none")).isEqualTo(new Entry.Value(""));
        assertThat(entry("binary"))
                .isEqualTo(new Entry.Missing(
                        Reason.SECRET_INVALID,
                        "key 'binary' of Secret 'default/openai-keys': the value is not UTF-8 text"));
        assertThat(folder.findings()).isEmpty();
    }

    @Test
    void saysWhatClipboardsLeftAroundAKey() {
        secret("stringData:\n  a1: \"\\ufeff sk-1\\n\"\n  a2: |\n    sk-2\n  pem: |\n    -----BEGIN\n    -----END\n"
                + "data:\n  a3: " + base64("sk-3\n"));

        assertThat(entry("a2")).isEqualTo(new Entry.Value("sk-2\n"));
        assertThat(folder.findings())
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding)
                        .startsWith("INFO secret.yaml:")
                        .contains("are cut off where it is a key")
                        .doesNotContain("sk-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'%'", "YWJ", "YWJj=", "sk-abc", "'YW Jj'"})
    void whatIsNotBase64IsAnErrorOfTheSecret(String data) {
        secret("data: {a1: " + data + "}");

        assertThat(folder.findings())
                .containsExactly(
                        "ERROR secret.yaml:4 Secret default/openai-keys data[a1]: illegal base64 data: encode the"
                                + " value, or write it as it is under stringData");
        assertThat(reason("a1")).isEqualTo(Reason.REF_NOT_ACCEPTED);
    }

    @Test
    void base64MayBeWrapped() {
        secret("data:\n  a1: |\n    " + base64("sk-wrapped-").substring(0, 8) + "\n    "
                + base64("sk-wrapped-").substring(8));

        assertThat(entry("a1")).isEqualTo(new Entry.Value("sk-wrapped-"));
    }

    @Test
    void holdsTheShapeOfASecretToKubernetesRules() {
        secret("stringData: {a1: 123, 'a b': x}\ndatas: {}");

        assertThat(folder.findings())
                .containsExactly(
                        "ERROR secret.yaml:4 Secret default/openai-keys stringData.a1: Invalid value: \"integer\":"
                                + " stringData.a1 in body must be of type string: \"integer\"",
                        "ERROR secret.yaml:4 Secret default/openai-keys stringData[a b]: Invalid value: a valid config key"
                                + " must consist of alphanumeric characters, '-', '_' or '.', and be no more than 253"
                                + " characters",
                        "ERROR secret.yaml:5 Secret default/openai-keys datas: unknown field \"datas\", did you mean"
                                + " \"data\"?");
    }

    @Test
    void showsNoValueAnywhere() {
        String key = "sk-live-0123456789";
        folder.withEnvironment("KEY", key);
        secret("stringData: {a1: " + key + ", a2: '${KEY}'}").with("pool.yaml", """
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: openai}
                spec:
                  provider: {type: OpenAI, baseURL: "https://user:hunter2@host/%%"}
                  keys: [{name: sk-live-0123456789_, secretRef: {name: sk-live-0123456789_}}]
                """);
        var manifests = folder.read();

        assertThat(manifests.hasErrors()).isTrue();
        assertThat(manifests.toString()).doesNotContain(key).doesNotContain("hunter2");
        assertThat(manifests.secrets().toString()).doesNotContain(key);
        assertThat(manifests.secrets().find("default", "openai-keys", "a2").toString())
                .doesNotContain(key);
        assertThat(manifests.objects().toString()).doesNotContain(key);
        assertThat(manifests.findings().toString())
                .contains("[redacted]")
                .doesNotContain(key)
                .doesNotContain("hunter2");
    }

    @Test
    void configMapsAreReadAlikeButNotJudged() {
        folder.withEnvironment("REGION", "eu").with("cm.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: ca}
                data:
                  ca.crt: |
                    -----BEGIN CERTIFICATE-----
                  region: ${REGION}
                  script: echo ${HOME_OF_NOBODY}
                  none:
                binaryData: {b: YWJj}
                """);
        var maps = folder.read().configMaps();

        assertThat(folder.findings()).isEmpty();
        assertThat(maps.find("default", "ca", "ca.crt")).isEqualTo(new Entry.Value("-----BEGIN CERTIFICATE-----\n"));
        assertThat(maps.find("default", "ca", "region")).isEqualTo(new Entry.Value("eu"));
        assertThat(maps.find("default", "ca", "script"))
                .isEqualTo(new Entry.Missing(
                        Reason.ENVIRONMENT_NOT_SET,
                        "key 'script' of ConfigMap 'default/ca': environment variable HOME_OF_NOBODY is not set (export it, or"
                                + " write the value into the manifest)"));
        assertThat(maps.find("default", "ca", "none")).isEqualTo(new Entry.Value(""));
        assertThat(maps.find("default", "ca", "b"))
                .isEqualTo(new Entry.Missing(Reason.CONFIG_MAP_KEY_NOT_FOUND, "ConfigMap 'default/ca' has no key 'b'"));
        assertThat(maps.find("default", "cb", "b"))
                .isEqualTo(new Entry.Missing(Reason.CONFIG_MAP_NOT_FOUND, "ConfigMap 'default/cb' does not exist"));
    }

    private Folder secret(String rest) {
        return folder.with("secret.yaml", HEAD + rest + "\n");
    }

    private Entry entry(String key) {
        return folder.read().secrets().find("default", "openai-keys", key);
    }

    private Reason reason(String key) {
        return ((Entry.Missing) entry(key)).reason();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
