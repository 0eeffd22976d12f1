package dev.fairlead.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.manifest.ValueResult.Found;
import dev.fairlead.operator.manifest.ValueResult.Reason;
import dev.fairlead.operator.manifest.ValueResult.Unusable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretValuesTest {
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

        assertThat(credential("a1")).isEqualTo(new Found("sk-plain-1"));
        assertThat(credential("a2")).isEqualTo(new Found("sk-encoded-2"));
        assertThat(credential("both")).isEqualTo(new Found("sk-string"));
        assertThat(folder.findings()).isEmpty();
    }

    @Test
    void fillsInTheEnvironment() {
        folder.withEnvironment("OPENAI_API_KEY", "sk-from-env").withEnvironment("N", "7");
        secret("stringData: {a1: '${OPENAI_API_KEY}', a2: 'x-${N}-${N}', a3: '$N ${} ${1A}'}\ndata: {a4: "
                + base64("${OPENAI_API_KEY}") + "}");

        assertThat(credential("a1")).isEqualTo(new Found("sk-from-env"));
        assertThat(credential("a2")).isEqualTo(new Found("x-7-7"));
        assertThat(text("a3")).isEqualTo(new Found("$N ${} ${1A}"));
        assertThat(credential("a4")).isEqualTo(new Found("sk-from-env"));
        assertThat(folder.findings()).isEmpty();
    }

    @Test
    void whatTheEnvironmentHoldsIsTakenAsItIs() {
        folder.withEnvironment("A", "${B}$1\\").withEnvironment("B", "no");
        secret("stringData: {a1: '${A}'}");

        assertThat(credential("a1")).isEqualTo(new Found("${B}$1\\"));
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
        assertThat(credential("a1"))
                .isEqualTo(new Unusable(
                        Reason.ENVIRONMENT_NOT_SET,
                        "Secret default/openai-keys key 'a1': environment variable OPENAI_API_KEY is not set (export it, or"
                                + " write the key into the manifest)"));
        assertThat(credential("a2")).isEqualTo(new Found("sk-real-key"));
    }

    @Test
    void namesWhatIsNotThere() {
        secret("stringData: {api-key: sk-1}\n---\n" + HEAD.replace("openai-keys", "bad") + "data: {a: '%'}\n---\n"
                + HEAD.replace("openai-keys", "tls") + "type: kubernetes.io/tls\nstringData: {tls.key: x}");
        var secrets = folder.read().secrets();

        assertThat(secrets.credential("default", "other", "a1"))
                .isEqualTo(new Unusable(Reason.NO_OBJECT, "Secret default/other does not exist"));
        assertThat(secrets.credential("team-b", "openai-keys", "api-key"))
                .isEqualTo(new Unusable(Reason.NO_OBJECT, "Secret team-b/openai-keys does not exist"));
        assertThat(credential("apikey"))
                .isEqualTo(new Unusable(
                        Reason.NO_KEY, "Secret default/openai-keys has no key 'apikey', did you mean \"api-key\"?"));
        assertThat(secrets.credential("default", "bad", "a"))
                .isEqualTo(new Unusable(Reason.OBJECT_REFUSED, "Secret default/bad has errors of its own"));
        assertThat(secrets.text("default", "tls", "tls.key"))
                .isEqualTo(new Unusable(
                        Reason.WRONG_TYPE,
                        "Secret default/tls has type kubernetes.io/tls: only Secrets of type Opaque are read"));
    }

    @Test
    void namesWhatCannotBeAKey() {
        secret(
                "stringData: {empty: '', nothing: null, blank: \" \\n\", inner: \"sk-\\n1\", accent: \"sk-\u00e9\"}\ndata: {binary: /w==}");

        assertThat(reason("empty")).isEqualTo(Reason.EMPTY);
        assertThat(reason("nothing")).isEqualTo(Reason.EMPTY);
        assertThat(reason("blank")).isEqualTo(Reason.EMPTY);
        assertThat(reason("inner")).isEqualTo(Reason.BAD_CHARACTER);
        assertThat(reason("accent")).isEqualTo(Reason.BAD_CHARACTER);
        assertThat(reason("binary")).isEqualTo(Reason.NOT_UTF8);
        assertThat(text("inner")).isEqualTo(new Found("sk-\n1"));
    }

    @Test
    void cutsOffWhatClipboardsLeave() {
        secret(
                "stringData:\n  a1: \"\\ufeff sk-1\\n\"\n  a2: |\n    sk-2\n  pem: |\n    -----BEGIN\n    -----END\ndata:\n  a3: "
                        + base64("sk-3\n"));

        assertThat(credential("a1")).isEqualTo(new Found("sk-1"));
        assertThat(credential("a2")).isEqualTo(new Found("sk-2"));
        assertThat(credential("a3")).isEqualTo(new Found("sk-3"));
        assertThat(text("a2")).isEqualTo(new Found("sk-2\n"));
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
        assertThat(reason("a1")).isEqualTo(Reason.OBJECT_REFUSED);
    }

    @Test
    void base64MayBeWrapped() {
        secret("data:\n  a1: |\n    " + base64("sk-wrapped-").substring(0, 8) + "\n    "
                + base64("sk-wrapped-").substring(8));

        assertThat(credential("a1")).isEqualTo(new Found("sk-wrapped-"));
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
        assertThat(manifests
                        .secrets()
                        .credential("default", "openai-keys", "a2")
                        .toString())
                .isEqualTo("Found[redacted]");
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
        assertThat(maps.text("default", "ca", "ca.crt")).isEqualTo(new Found("-----BEGIN CERTIFICATE-----\n"));
        assertThat(maps.text("default", "ca", "region")).isEqualTo(new Found("eu"));
        assertThat(maps.text("default", "ca", "script"))
                .isEqualTo(new Unusable(
                        Reason.ENVIRONMENT_NOT_SET,
                        "ConfigMap default/ca key 'script': environment variable HOME_OF_NOBODY is not set (export it, or"
                                + " write the value into the manifest)"));
        assertThat(maps.text("default", "ca", "none")).isInstanceOf(Unusable.class);
        assertThat(maps.text("default", "ca", "b"))
                .isEqualTo(new Unusable(Reason.NO_KEY, "ConfigMap default/ca has no key 'b'"));
        assertThat(maps.text("default", "cb", "b"))
                .isEqualTo(new Unusable(Reason.NO_OBJECT, "ConfigMap default/cb does not exist"));
    }

    private Folder secret(String rest) {
        return folder.with("secret.yaml", HEAD + rest + "\n");
    }

    private ValueResult credential(String key) {
        return folder.read().secrets().credential("default", "openai-keys", key);
    }

    private ValueResult text(String key) {
        return folder.read().secrets().text("default", "openai-keys", key);
    }

    private Reason reason(String key) {
        return ((Unusable) credential(key)).reason();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
