package dev.fairlead.operator.trust;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Carries out what {@link RotationPlan} asks for. Touches nothing but its arguments. */
final class Rotation {
    /** Two decades. */
    private static final int MOST_RETIRED = 30;

    private final RotationPlan plan;
    private final Issuer issuer;

    Rotation(RotationPlan plan, Issuer issuer) {
        this.plan = plan;
        this.issuer = issuer;
    }

    /** What the Secret is to hold after this step, which the plan has asked for at this time and content. */
    TrustState after(Step step, Stored stored, Instant now) {
        if (step.kind() == Step.Kind.ISSUE_ANEW) {
            return anew(stored, now);
        }
        TrustState state = ((Stored.Intact) stored).state();
        return switch (step.kind()) {
            case NOTHING, ISSUE_ANEW -> state;
            case ADD_NEXT_CA -> state.withOther(new OtherCa.Next(authority(now), Optional.empty()));
            case MARK_PUBLISHED -> state.withOther(new OtherCa.Next(nextOf(state), Optional.of(now)));
            case PROMOTE_NEXT_CA -> promoted(state, now);
            case RENEW_LEAF -> state.withLeaf(leaf(state.authority(), now));
            case DROP_OTHER_CA ->
                new TrustState(
                        state.authority(),
                        Optional.empty(),
                        state.leaf(),
                        retired(
                                state,
                                state.other().stream().map(OtherCa::certificate).toList()));
        };
    }

    private TrustState anew(Stored stored, Instant now) {
        CertifiedKey authority = authority(now);
        List<X509Certificate> retired = stored instanceof Stored.Intact intact
                ? retired(intact.state(), intact.state().bundle())
                : List.of();
        return new TrustState(authority, Optional.empty(), Optional.of(leaf(authority, now)), retired);
    }

    private static List<X509Certificate> retired(TrustState state, List<X509Certificate> more) {
        List<X509Certificate> all =
                Stream.concat(state.retired().stream(), more.stream()).toList();
        return all.subList(Math.max(0, all.size() - MOST_RETIRED), all.size());
    }

    private TrustState promoted(TrustState state, Instant now) {
        Instant retained = now.plus(plan.retention());
        Instant lastLeafEnds = state.leaf().map(CertifiedKey::notAfter).orElse(now.plus(plan.leafLifetime()));
        OtherCa previous = new OtherCa.Previous(
                state.authority().certificate(), retained.isAfter(lastLeafEnds) ? retained : lastLeafEnds);
        CertifiedKey authority = nextOf(state);
        return new TrustState(authority, Optional.of(previous), Optional.of(leaf(authority, now)), state.retired());
    }

    private static CertifiedKey nextOf(TrustState state) {
        return ((OtherCa.Next) state.other().orElseThrow()).authority();
    }

    private CertifiedKey authority(Instant now) {
        return issuer.authority(now.minus(RotationPlan.BACKDATED), now.plus(plan.caLifetime()));
    }

    /** Never valid for longer than its CA. */
    private CertifiedKey leaf(CertifiedKey authority, Instant now) {
        Duration left = Duration.between(now, authority.notAfter());
        Duration lifetime = left.compareTo(plan.leafLifetime()) < 0 ? left : plan.leafLifetime();
        return issuer.leaf(authority, plan.names(), now.minus(RotationPlan.BACKDATED), now.plus(lifetime));
    }
}
