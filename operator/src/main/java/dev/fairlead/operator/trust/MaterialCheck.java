package dev.fairlead.operator.trust;

import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Whether TLS can be served with what a Secret holds, so that a damaged one never replaces a good one. */
final class MaterialCheck {
    /** What passed the check, and when it ends. */
    record Usable(TrustMaterial material, CertificateTimes times, String everIssued) {}

    private MaterialCheck() {}

    static Usable of(Secret secret, Instant now) throws Pem.UnreadableException {
        String bundle = TrustSecret.text(secret, TrustSecret.BUNDLE);
        String chain = TrustSecret.text(secret, TrustSecret.LEAF);
        String key = TrustSecret.text(secret, TrustSecret.LEAF_KEY);
        CertifiedKey leaf = new CertifiedKey(in(TrustSecret.LEAF, chain).get(0), Pem.key(key));
        if (!leaf.belongTogether()) {
            throw new Pem.UnreadableException(
                    TrustSecret.LEAF_KEY + ": is not the key of the certificate in " + TrustSecret.LEAF);
        }
        if (!leaf.notAfter().isAfter(now)) {
            throw new Pem.UnreadableException(TrustSecret.LEAF + ": has expired at " + leaf.notAfter());
        }
        X509Certificate signer = in(TrustSecret.BUNDLE, bundle).stream()
                .filter(authority -> authority.getNotAfter().toInstant().isAfter(now))
                .filter(authority -> IssuedBy.authority(leaf.certificate(), authority))
                .findFirst()
                .orElseThrow(() -> new Pem.UnreadableException(
                        TrustSecret.LEAF + ": no valid CA in " + TrustSecret.BUNDLE + " has signed it"));
        return new Usable(
                new TrustMaterial(bundle, chain, key),
                new CertificateTimes(leaf.notAfter(), signer.getNotAfter().toInstant()),
                bundle + TrustSecret.text(secret, TrustSecret.RETIRED));
    }

    private static List<X509Certificate> in(String entry, String text) throws Pem.UnreadableException {
        try {
            return Pem.certificates(text);
        } catch (Pem.UnreadableException e) {
            throw new Pem.UnreadableException(entry + ": " + e.getMessage());
        }
    }
}
