package dev.fairlead.operator.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is due when. Pure: the same answer for the same time and content, so that any leader goes on where another stopped.
 *
 * @param names DNS names of the leaf
 * @param caLifetime of a CA
 * @param caRenewal how long before the end of a CA the next one is made; long enough that no leaf is cut short by its CA's end
 * @param leafLifetime of a leaf
 * @param leafRenewal how long before its end a leaf is replaced
 * @param grace how long a CA is published before it signs: who was away for less has it when it comes back
 * @param retention how long at least a CA is trusted after it signed for the last time
 */
record RotationPlan(
        Set<String> names,
        Duration caLifetime,
        Duration caRenewal,
        Duration leafLifetime,
        Duration leafRenewal,
        Duration grace,
        Duration retention) {
    /** So close to the end of what signs, its successor takes over whether or not its time of grace is over. */
    static final Duration LAST_CALL = Duration.ofHours(1);

    /** Certificates are valid from a little earlier than now: clocks differ. */
    static final Duration BACKDATED = Duration.ofMinutes(10);

    private static final int DNS_NAME = 2;

    RotationPlan {
        names = Set.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names: got none, expected the DNS names that are served");
        }
        if (caRenewal.compareTo(leafLifetime.plus(grace)) < 0 || caLifetime.compareTo(caRenewal.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "caRenewal: got " + caRenewal + ", expected at least leafLifetime + grace "
                            + leafLifetime.plus(grace) + " and at most half of caLifetime " + caLifetime);
        }
        if (leafLifetime.compareTo(leafRenewal) <= 0 || leafRenewal.compareTo(LAST_CALL) <= 0) {
            throw new IllegalArgumentException("leafRenewal: got " + leafRenewal + ", expected between " + LAST_CALL
                    + " and leafLifetime " + leafLifetime);
        }
    }

    /** CA 365 days, replaced from 120 days before its end; leaf 90 days, replaced 30 days before; 7 days of grace. */
    static RotationPlan standard(Set<String> names) {
        return new RotationPlan(
                names,
                Duration.ofDays(365),
                Duration.ofDays(120),
                Duration.ofDays(90),
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofDays(30));
    }

    Step next(Instant now, Stored stored) {
        if (stored instanceof Stored.Damaged damaged) {
            return new Step(Step.Kind.ISSUE_ANEW, damaged.why());
        }
        if (stored instanceof Stored.Intact intact) {
            return next(now, intact.state());
        }
        return new Step(Step.Kind.ISSUE_ANEW, "there is no Secret");
    }

    private Step next(Instant now, TrustState state) {
        Optional<Step> ofOther = state.other().flatMap(other -> ofOther(now, state, other));
        if (ofOther.isPresent()) {
            return ofOther.get();
        }
        if (!state.authority().notAfter().isAfter(now)) {
            return new Step(Step.Kind.ISSUE_ANEW, "the CA has expired and there is no next one");
        }
        if (state.other().isEmpty()
                && isWithin(caRenewal, now, state.authority().notAfter())) {
            return new Step(
                    Step.Kind.ADD_NEXT_CA,
                    "the CA expires at " + state.authority().notAfter());
        }
        return leafObjection(now, state)
                .map(objection -> new Step(Step.Kind.RENEW_LEAF, objection))
                .orElse(Step.NOTHING);
    }

    private Optional<Step> ofOther(Instant now, TrustState state, OtherCa other) {
        if (!other.certificate().getNotAfter().toInstant().isAfter(now)) {
            return Optional.of(new Step(Step.Kind.DROP_OTHER_CA, "it has expired"));
        }
        return other instanceof OtherCa.Next next
                ? ofNext(now, state, next)
                : ofPrevious(now, state, (OtherCa.Previous) other);
    }

    private Optional<Step> ofNext(Instant now, TrustState state, OtherCa.Next next) {
        if (isWithin(LAST_CALL, now, state.authority().notAfter())) {
            return Optional.of(new Step(
                    Step.Kind.PROMOTE_NEXT_CA,
                    "the CA before it ends at " + state.authority().notAfter()));
        }
        if (next.publishedAt().isEmpty() || next.publishedAt().get().isAfter(now)) {
            return Optional.of(new Step(Step.Kind.MARK_PUBLISHED, "webhook and replicas can have it"));
        }
        Instant ripe = next.publishedAt().get().plus(grace);
        return ripe.isAfter(now)
                ? Optional.empty()
                : Optional.of(new Step(
                        Step.Kind.PROMOTE_NEXT_CA,
                        "it has been published since " + next.publishedAt().get()));
    }

    private Optional<Step> ofPrevious(Instant now, TrustState state, OtherCa.Previous previous) {
        // Outlives the one that signs, so it came later: a next CA whose key was lost. It will never sign.
        if (previous.certificate()
                .getNotAfter()
                .toInstant()
                .isAfter(state.authority().notAfter())) {
            return Optional.of(new Step(Step.Kind.DROP_OTHER_CA, "its key is lost"));
        }
        return previous.neededUntil().isAfter(now)
                ? Optional.empty()
                : Optional.of(new Step(Step.Kind.DROP_OTHER_CA, "nothing that it signed can be in use"));
    }

    /** Why the leaf is to be replaced. */
    private Optional<String> leafObjection(Instant now, TrustState state) {
        if (state.leaf().isEmpty()) {
            return Optional.of("tls.crt and tls.key cannot be used");
        }
        X509Certificate leaf = state.leaf().get().certificate();
        if (!IssuedBy.authority(leaf, state.authority().certificate())) {
            return Optional.of("the CA that signs did not sign the one in use");
        }
        if (!namesOf(leaf).equals(names)) {
            return Optional.of("its names are " + namesOf(leaf) + ", expected " + new TreeSet<>(names));
        }
        Instant notAfter = leaf.getNotAfter().toInstant();
        boolean anotherWouldLast = notAfter.isBefore(state.authority().notAfter());
        return anotherWouldLast && isWithin(leafRenewal, now, notAfter)
                ? Optional.of("the one in use expires at " + notAfter)
                : Optional.empty();
    }

    private static boolean isWithin(Duration before, Instant now, Instant end) {
        return !now.isBefore(end.minus(before));
    }

    private static Set<String> namesOf(X509Certificate leaf) {
        Set<String> found = new TreeSet<>();
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            if (names != null) {
                names.stream()
                        .filter(name -> name.get(0).equals(DNS_NAME))
                        .forEach(name -> found.add((String) name.get(1)));
            }
        } catch (CertificateParsingException e) {
            return Set.of();
        }
        return found;
    }
}
