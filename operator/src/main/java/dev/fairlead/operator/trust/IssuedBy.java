package dev.fairlead.operator.trust;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** Who signed what. */
final class IssuedBy {
    private IssuedBy() {}

    /** Whether {@code authority} is a CA and signed {@code certificate}. */
    static boolean authority(X509Certificate certificate, X509Certificate authority) {
        if (authority.getBasicConstraints() < 0
                || !certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
