package dev.fairlead.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IssuerTest {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private final Issuer issuer = new Issuer(new SecureRandom());
    private final CertifiedKey authority =
            issuer.authority(Pki.START.minus(Duration.ofMinutes(10)), Pki.START.plus(Duration.ofDays(365)));

    private CertifiedKey leaf() {
        return issuer.leaf(authority, Pki.SETTINGS.names(), Pki.START, Pki.START.plus(Duration.ofDays(90)));
    }

    @Test
    void anAuthoritySignsLeavesAndNothingElse() {
        X509Certificate ca = authority.certificate();
        assertThat(ca.getBasicConstraints()).as("path length").isZero();
        assertThat(usages(ca)).containsExactly(KEY_CERT_SIGN, CRL_SIGN);
        assertThat(ca.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(ca.getPublicKey())
                .isInstanceOfSatisfying(
                        ECPublicKey.class,
                        key -> assertThat(key.getParams().getOrder().bitLength())
                                .isEqualTo(256));
        assertThat(ca.getSigAlgName()).isEqualTo("SHA256withECDSA");
    }

    @Test
    void aLeafIsAServersAndSignsNobody() throws Exception {
        X509Certificate leaf = leaf().certificate();
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(usages(leaf)).containsExactly(DIGITAL_SIGNATURE);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
        assertThat(leaf.getSubjectAlternativeNames())
                .extracting(name -> (String) name.get(1))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(List.of(
                        "fairlead-config.fairlead-system.svc",
                        "fairlead-config.fairlead-system.svc.cluster.local",
                        "fairlead-webhook.fairlead-system.svc",
                        "fairlead-webhook.fairlead-system.svc.cluster.local")));
    }

    @Test
    void twoAuthoritiesAreToldApartBySubjectAndSerial() {
        CertifiedKey second = issuer.authority(Pki.START, Pki.START.plus(Duration.ofDays(1)));
        assertThat(second.certificate().getSubjectX500Principal())
                .isNotEqualTo(authority.certificate().getSubjectX500Principal());
        assertThat(second.certificate().getSerialNumber())
                .isNotEqualTo(authority.certificate().getSerialNumber())
                .isPositive();
        assertThat(second.certificate().getSerialNumber().bitLength()).isBetween(127, 128);
    }

    @Test
    void theJdkAcceptsTheLeafOfAnAuthorityAndOfNoOther() {
        CertifiedKey other = issuer.authority(Pki.START, Pki.START.plus(Duration.ofDays(365)));
        X509Certificate leaf = leaf().certificate();
        assertThat(Pki.accepts(List.of(authority.certificate()), leaf, Pki.START))
                .isTrue();
        assertThat(Pki.accepts(List.of(other.certificate()), leaf, Pki.START)).isFalse();
        assertThat(Pki.accepts(List.of(authority.certificate()), leaf, Pki.START.plus(Duration.ofDays(91))))
                .isFalse();
    }

    @Test
    void whatIsWrittenAsTextIsReadBack() throws Exception {
        CertifiedKey leaf = leaf();
        CertifiedKey read = new CertifiedKey(
                Pem.certificates(Pem.of(List.of(leaf.certificate()))).get(0), Pem.key(Pem.of(leaf.key())));
        assertThat(read.certificate()).isEqualTo(leaf.certificate());
        assertThat(read.belongTogether()).isTrue();
        assertThat(new CertifiedKey(leaf.certificate(), authority.key()).belongTogether())
                .isFalse();
    }

    @Test
    void noKeyIsInWhatALogWouldShow() {
        String key = Pem.of(authority.key()).lines().skip(1).findFirst().orElseThrow();
        assertThat(authority.toString()).contains("fairlead-ca-").doesNotContain(key);
    }

    private static List<Integer> usages(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return java.util.stream.IntStream.range(0, usage.length)
                .filter(bit -> usage[bit])
                .boxed()
                .toList();
    }
}
