package dev.fairlead.operator.trust;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes ECDSA P-256 keys and certificates for them (RFC 5280). Safe on every thread. */
final class Issuer {
    static final String SIGNATURE = "SHA256withECDSA";

    /** RFC 5280 allows 20 octets; browsers ask public CAs for 8 that cannot be foreseen. */
    private static final int SERIAL_BITS = 128;

    private final SecureRandom random;

    Issuer(SecureRandom random) {
        this.random = random;
    }

    /** A CA that may sign leaves only. Every CA has its own subject: verifiers find the issuer by it. */
    CertifiedKey authority(Instant notBefore, Instant notAfter) {
        KeyPair keys = keys();
        BigInteger serial = serial();
        X500Principal subject = new X500Principal(
                "O=Fairlead,CN=fairlead-ca-" + serial.toString(16).substring(0, 12));
        return certify(
                keys,
                keys,
                new JcaX509v3CertificateBuilder(
                        subject, serial, Date.from(notBefore), Date.from(notAfter), subject, keys.getPublic()),
                builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    }

    /** A server certificate for these DNS names. */
    CertifiedKey leaf(CertifiedKey authority, Collection<String> names, Instant notBefore, Instant notAfter) {
        KeyPair keys = keys();
        KeyPair signer = new KeyPair(authority.certificate().getPublicKey(), authority.key());
        GeneralName[] alternatives = names.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return certify(
                keys,
                signer,
                new JcaX509v3CertificateBuilder(
                        authority.certificate().getSubjectX500Principal(),
                        serial(),
                        Date.from(notBefore),
                        Date.from(notAfter),
                        new X500Principal("O=Fairlead,CN=fairlead-operator"),
                        keys.getPublic()),
                builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives)));
    }

    private interface Extensions {
        void addTo(JcaX509v3CertificateBuilder builder) throws CertIOException;
    }

    private CertifiedKey certify(
            KeyPair subject, KeyPair signer, JcaX509v3CertificateBuilder builder, Extensions extensions) {
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            extensions.addTo(builder);
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subject.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(signer.getPublic()));
            var signed = builder.build(new JcaContentSignerBuilder(SIGNATURE)
                    .setSecureRandom(random)
                    .build(signer.getPrivate()));
            return new CertifiedKey(new JcaX509CertificateConverter().getCertificate(signed), subject.getPrivate());
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("this Java runtime cannot sign certificates with " + SIGNATURE, e);
        }
    }

    private KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot make keys on curve secp256r1", e);
        }
    }

    /** Positive, and long enough in hexadecimal to name a CA by its start. */
    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 2);
    }
}
