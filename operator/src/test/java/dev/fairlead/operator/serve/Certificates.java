package dev.fairlead.operator.serve;

import dev.fairlead.operator.trust.TrustMaterial;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of a CA that only this test knows. */
public final class Certificates {
    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

    private Certificates() {}

    /** A new CA and a leaf for {@code localhost}, {@code 127.0.0.1} and the name of the Service. */
    public static TrustMaterial issue(String name) {
        try {
            var authority = keys();
            var leaf = keys();
            var issuer = new X500Name("CN=" + name);
            var ca = certificate(issuer, authority.getPrivate(), issuer, authority, true);
            var certificate = certificate(issuer, authority.getPrivate(), new X500Name("CN=leaf"), leaf, false);
            return new TrustMaterial(
                    pem("CERTIFICATE", ca.getEncoded()),
                    pem("CERTIFICATE", certificate.getEncoded()),
                    pem("PRIVATE KEY", leaf.getPrivate().getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509CertificateHolder certificate(
            X500Name issuer, PrivateKey signer, X500Name subject, KeyPair keys, boolean authority) throws Exception {
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.dNSName, "fairlead-config.fairlead-system.svc"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
        }
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }
}
