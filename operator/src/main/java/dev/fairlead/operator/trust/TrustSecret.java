package dev.fairlead.operator.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the state is written into the Secret. A second certificate in {@value #BUNDLE} is the CA to come where {@value #NEXT_KEY}
 * belongs to it, else the one before.
 */
final class TrustSecret {
    static final String BUNDLE = "ca.crt";
    static final String CA_KEY = "ca.key";
    static final String NEXT_KEY = "next-ca.key";
    static final String RETIRED = "retired-ca.crt";
    static final String LEAF = "tls.crt";
    static final String LEAF_KEY = "tls.key";
    static final String PUBLISHED_AT = "fairlead.dev/next-ca-published-at";
    static final String NEEDED_UNTIL = "fairlead.dev/previous-ca-needed-until";

    /** {@value #BUNDLE} holds the CA that signs and at most one more. */
    private static final int MOST_AUTHORITIES = 2;

    private TrustSecret() {}

    /** @param secret {@code null} for none */
    static Stored read(Secret secret) {
        if (secret == null) {
            return new Stored.Absent();
        }
        try {
            return new Stored.Intact(state(secret));
        } catch (Pem.UnreadableException e) {
            return new Stored.Damaged(e.getMessage());
        }
    }

    private static TrustState state(Secret secret) throws Pem.UnreadableException {
        List<X509Certificate> authorities = certificates(secret, BUNDLE);
        if (authorities.size() > MOST_AUTHORITIES) {
            throw new Pem.UnreadableException(
                    BUNDLE + ": got " + authorities.size() + " certificates, expected 1 or " + MOST_AUTHORITIES);
        }
        CertifiedKey authority = certified(secret, BUNDLE, authorities.get(0), CA_KEY);
        if (authority.certificate().getBasicConstraints() < 0) {
            throw new Pem.UnreadableException(BUNDLE + ": got a certificate that may not sign others, expected a CA");
        }
        Optional<OtherCa> other =
                authorities.size() == 1 ? Optional.empty() : Optional.of(other(secret, authorities.get(1)));
        return new TrustState(authority, other, leaf(secret), retired(secret));
    }

    private static List<X509Certificate> retired(Secret secret) {
        try {
            return certificates(secret, RETIRED);
        } catch (Pem.UnreadableException e) {
            return List.of();
        }
    }

    private static Optional<CertifiedKey> leaf(Secret secret) {
        try {
            return Optional.of(
                    certified(secret, LEAF, certificates(secret, LEAF).get(0), LEAF_KEY));
        } catch (Pem.UnreadableException e) {
            return Optional.empty();
        }
    }

    private static OtherCa other(Secret secret, X509Certificate certificate) {
        try {
            CertifiedKey next = certified(secret, BUNDLE, certificate, NEXT_KEY);
            return new OtherCa.Next(next, time(secret, PUBLISHED_AT));
        } catch (Pem.UnreadableException e) {
            Instant end = certificate.getNotAfter().toInstant();
            return new OtherCa.Previous(certificate, time(secret, NEEDED_UNTIL).orElse(end));
        }
    }

    private static CertifiedKey certified(Secret secret, String where, X509Certificate certificate, String keyEntry)
            throws Pem.UnreadableException {
        CertifiedKey found;
        try {
            found = new CertifiedKey(certificate, Pem.key(text(secret, keyEntry)));
        } catch (Pem.UnreadableException e) {
            throw new Pem.UnreadableException(keyEntry + ": " + e.getMessage());
        }
        if (!found.belongTogether()) {
            throw new Pem.UnreadableException(keyEntry + ": is not the key of the certificate in " + where);
        }
        return found;
    }

    private static List<X509Certificate> certificates(Secret secret, String entry) throws Pem.UnreadableException {
        try {
            return Pem.certificates(text(secret, entry));
        } catch (Pem.UnreadableException e) {
            throw new Pem.UnreadableException(entry + ": " + e.getMessage());
        }
    }

    /** An entry as text, empty when absent. */
    static String text(Secret secret, String entry) {
        String data = secret.getData() == null ? null : secret.getData().get(entry);
        return data == null ? "" : new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
    }

    private static Optional<Instant> time(Secret secret, String annotation) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(annotation);
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code base} with this state in place of whatever data it had; everything else of it stays, also its resourceVersion. */
    static Secret write(Secret base, TrustState state) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(BUNDLE, encoded(Pem.of(state.bundle())));
        data.put(CA_KEY, encoded(Pem.of(state.authority().key())));
        state.leaf().ifPresent(leaf -> {
            data.put(LEAF, encoded(Pem.of(List.of(leaf.certificate()))));
            data.put(LEAF_KEY, encoded(Pem.of(leaf.key())));
        });
        if (!state.retired().isEmpty()) {
            data.put(RETIRED, encoded(Pem.of(state.retired())));
        }
        SecretBuilder secret = new SecretBuilder(base);
        secret.editMetadata()
                .removeFromAnnotations(PUBLISHED_AT)
                .removeFromAnnotations(NEEDED_UNTIL)
                .endMetadata();
        OtherCa other = state.other().orElse(null);
        if (other instanceof OtherCa.Next next) {
            data.put(NEXT_KEY, encoded(Pem.of(next.authority().key())));
            next.publishedAt().ifPresent(time -> annotate(secret, PUBLISHED_AT, time));
        } else if (other instanceof OtherCa.Previous previous) {
            annotate(secret, NEEDED_UNTIL, previous.neededUntil());
        }
        return secret.withData(data).withStringData(null).build();
    }

    private static void annotate(SecretBuilder secret, String annotation, Instant time) {
        secret.editMetadata().addToAnnotations(annotation, time.toString()).endMetadata();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
