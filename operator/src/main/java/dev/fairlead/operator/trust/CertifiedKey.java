package dev.fairlead.operator.trust;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** A certificate with the private key that belongs to it. Immutable. */
record CertifiedKey(X509Certificate certificate, PrivateKey key) {
    private static final byte[] PROBE = {1, 2, 3, 4};

    /** Whether what the key signs is verified by the certificate. */
    boolean belongTogether() {
        try {
            Signature signing = Signature.getInstance(Issuer.SIGNATURE);
            signing.initSign(key);
            signing.update(PROBE);
            byte[] signed = signing.sign();
            Signature verifying = Signature.getInstance(Issuer.SIGNATURE);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(PROBE);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CertifiedKey[" + certificate.getSubjectX500Principal() + ", serial " + certificate.getSerialNumber()
                + "]";
    }
}
