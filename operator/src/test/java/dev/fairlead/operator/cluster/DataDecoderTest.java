package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataDecoderTest {
    private static final DataRef SECRET = new DataRef(DataRef.Kind.SECRET, "team-a", "keys");
    private static final DataRef CONFIG_MAP = new DataRef(DataRef.Kind.CONFIG_MAP, "team-a", "ca");

    private static Entry entry(DataRef ref, HasMetadata object, String key) {
        var state = new DataDecoder().decode(ref, object);
        return new DataLookup(ref.kind(), Map.of(ref, state), new KeyNamespaces(Set.of("team-a")))
                .find(ref.namespace(), ref.name(), key);
    }

    private static String base64(byte... bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void anEntryIsTextWhateverItsLanguage() {
        var secret = new SecretBuilder()
                .withType("Opaque")
                .addToData(
                        "a",
                        Base64.getEncoder().encodeToString("sk-ä".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .build();

        assertThat(entry(SECRET, secret, "a")).isEqualTo(new Entry.Value("sk-ä"));
    }

    @Test
    void anEntryThatIsNotUtf8SaysSoAndSpoilsNoOther() {
        var secret = new SecretBuilder()
                .withType("Opaque")
                .addToData("bad", base64((byte) 0xff, (byte) 0xfe))
                .addToData("good", base64((byte) 'k'))
                .build();

        assertThat(entry(SECRET, secret, "good")).isEqualTo(new Entry.Value("k"));
        assertThat(entry(SECRET, secret, "bad"))
                .isEqualTo(new Entry.Missing(
                        Reason.SECRET_INVALID, "key 'bad' of Secret 'team-a/keys' is not UTF-8 text"));
    }

    @Test
    void aSecretOfAnotherTypeIsNotRead() {
        var secret = new SecretBuilder()
                .withType("kubernetes.io/service-account-token")
                .addToData("token", base64((byte) 'k'))
                .build();

        assertThat(entry(SECRET, secret, "token")).isInstanceOfSatisfying(Entry.Missing.class, missing -> {
            assertThat(missing.reason()).isEqualTo(Reason.SECRET_INVALID);
            assertThat(missing.message())
                    .startsWith(
                            "Secret 'team-a/keys' is of type 'kubernetes.io/service-account-token': only Secrets of "
                                    + "type Opaque are read");
        });
    }

    @Test
    void whatIsMissingHasAReasonOfItsOwn() {
        assertThat(entry(SECRET, null, "a"))
                .isEqualTo(new Entry.Missing(Reason.SECRET_NOT_FOUND, "Secret 'team-a/keys' does not exist"));
        assertThat(entry(SECRET, new SecretBuilder().build(), "a"))
                .isEqualTo(new Entry.Missing(Reason.SECRET_KEY_NOT_FOUND, "Secret 'team-a/keys' has no key 'a'"));
        assertThat(entry(CONFIG_MAP, null, "ca.crt"))
                .isEqualTo(new Entry.Missing(Reason.CONFIG_MAP_NOT_FOUND, "ConfigMap 'team-a/ca' does not exist"));
    }

    @Test
    void aConfigMapMayHoldItsTextAsBinary() {
        var map = new ConfigMapBuilder()
                .addToData("ca.crt", "pem")
                .addToBinaryData("b", base64((byte) 'p'))
                .addToBinaryData("bad", base64((byte) 0xff))
                .build();

        assertThat(entry(CONFIG_MAP, map, "ca.crt")).isEqualTo(new Entry.Value("pem"));
        assertThat(entry(CONFIG_MAP, map, "b")).isEqualTo(new Entry.Value("p"));
        assertThat(entry(CONFIG_MAP, map, "bad"))
                .isInstanceOfSatisfying(
                        Entry.Missing.class,
                        missing -> assertThat(missing.reason()).isEqualTo(Reason.CA_BUNDLE_INVALID));
    }

    @Test
    void aNamespaceThatIsNotAmongTheKeyNamespacesNamesTheCommandThatMendsIt() {
        var lookup = new DataLookup(DataRef.Kind.SECRET, Map.of(), new KeyNamespaces(Set.of("ai-platform", "b")));

        assertThat(lookup.find("team-a", "keys", "a")).isInstanceOfSatisfying(Entry.Missing.class, missing -> {
            assertThat(missing.reason()).isEqualTo(Reason.SECRETS_NOT_READABLE);
            assertThat(missing.message())
                    .isEqualTo("Secret 'team-a/keys' may not be read: namespace 'team-a' is not among the operator's "
                            + "keyNamespaces; a platform admin adds it with helm upgrade fairlead charts/fairlead "
                            + "-n fairlead-system --reset-then-reuse-values --set 'keyNamespaces={ai-platform,b,team-a}' "
                            + "(release, chart and namespace as they were installed)");
        });
    }
}
