package dev.fairlead.operator.trust;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The judgement of the JDK, which shares no code with what is tested. */
final class Pki {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final TrustSettings SETTINGS = new TrustSettings("fairlead-system", "fairlead-tls", "fairlead-fairlead");
    static final RotationPlan PLAN = RotationPlan.standard(SETTINGS.names());

    private Pki() {}

    static Rotation rotation() {
        return new Rotation(PLAN, new Issuer(new SecureRandom()));
    }

    /** Whether a client that trusts {@code bundle} accepts {@code leaf} at that time. */
    static boolean accepts(List<X509Certificate> bundle, X509Certificate leaf, Instant at) {
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            bundle.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
            // An anchor's own end is not looked at by the JDK; other verifiers do.
            return bundle.stream()
                    .filter(authority -> authority.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()))
                    .allMatch(authority -> authority.getNotAfter().toInstant().isAfter(at));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
