package dev.fairlead.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Walks through years of rotation, as {@link TrustKeeper} would, with the Secret as the only memory. */
class RotationYearsTest {
    private static final Duration GRACE = Duration.ofDays(7);
    private static final Duration RETENTION = Duration.ofDays(30);

    /** What was in the Secret from a moment on. */
    private record Published(Instant from, List<X509Certificate> bundle, X509Certificate leaf) {}

    private final Rotation rotation = Pki.rotation();
    private final List<Published> history = new ArrayList<>();
    private final Map<List<Object>, Boolean> judged = new HashMap<>();
    private Secret secret;
    private Stored stored;

    /** The JDK's judgement, taken once a pair; after that only time can change it. */
    private boolean accepts(List<X509Certificate> bundle, X509Certificate leaf, Instant at) {
        boolean inTime = leaf.getNotAfter().toInstant().isAfter(at)
                && bundle.stream()
                        .filter(ca -> ca.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()))
                        .allMatch(ca -> ca.getNotAfter().toInstant().isAfter(at));
        return inTime && judged.computeIfAbsent(List.of(bundle, leaf), pair -> Pki.accepts(bundle, leaf, at));
    }

    private void begin() {
        history.clear();
        judged.clear();
        secret = null;
        stored = new Stored.Absent();
    }

    /** All that is due at once, with the codec in between. Returns the number of steps. */
    private int keep(Instant now) {
        for (int steps = 0; ; steps++) {
            Step step = Pki.PLAN.next(now, stored);
            if (step.kind() == Step.Kind.NOTHING) {
                return steps;
            }
            assertThat(steps).as("steps at once, the last %s", step).isLessThan(6);
            Secret base = secret == null
                    ? new SecretBuilder().withNewMetadata().endMetadata().build()
                    : secret;
            secret = TrustSecret.write(base, rotation.after(step, stored, now));
            stored = TrustSecret.read(secret);
        }
    }

    private TrustState state() {
        return ((Stored.Intact) stored).state();
    }

    private void note(Instant now) {
        TrustState state = state();
        Published latest =
                new Published(now, state.bundle(), state.leaf().orElseThrow().certificate());
        if (history.isEmpty()
                || !history.get(history.size() - 1).bundle().equals(latest.bundle())
                || !history.get(history.size() - 1).leaf().equals(latest.leaf())) {
            history.add(latest);
        }
    }

    /** What was in force at any moment of the time before {@code now}. */
    private List<Published> inForceWithin(Duration before, Instant now) {
        List<Published> found = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Instant end = i + 1 < history.size() ? history.get(i + 1).from() : Instant.MAX;
            if (end.isAfter(now.minus(before))) {
                found.add(history.get(i));
            }
        }
        return found;
    }

    private void checkAt(Instant now) {
        TrustState state = state();
        X509Certificate leaf = state.leaf().orElseThrow().certificate();
        assertThat(state.bundle()).as("authorities at %s", now).hasSizeBetween(1, 2);
        assertThat(accepts(state.bundle(), leaf, now)).as("accepted at %s", now).isTrue();
        for (Published earlier : inForceWithin(GRACE, now)) {
            assertThat(accepts(earlier.bundle(), leaf, now))
                    .as("the leaf of %s by who last heard %s", now, earlier.from())
                    .isTrue();
        }
        for (Published earlier : inForceWithin(RETENTION, now)) {
            if (earlier.leaf().getNotAfter().toInstant().isAfter(now)) {
                assertThat(accepts(state.bundle(), earlier.leaf(), now))
                        .as("the leaf of %s, still in use at %s", earlier.from(), now)
                        .isTrue();
            }
        }
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void whoLooksEveryFewDaysIsAlwaysServedAndAlwaysTrusted(@ForAll long seed) {
        begin();
        Random random = new Random(seed);
        Instant now = Pki.START;
        Instant end = Pki.START.plus(Duration.ofDays(4 * 365));
        Set<X509Certificate> authorities = new HashSet<>();
        while (now.isBefore(end)) {
            keep(now);
            note(now);
            checkAt(now);
            authorities.addAll(state().bundle());
            assertThat(state().leaf().orElseThrow().notAfter())
                    .as("time left at %s", now)
                    .isAfter(now.plus(Duration.ofDays(20)));
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(4 * 24 * 60)));
        }
        assertThat(authorities).as("authorities in four years").hasSizeBetween(5, 7);
        assertThat(history).as("changes in four years").hasSizeGreaterThan(20);
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void whoeverComesBackAfterAnyTimeIsServedAtOnceAndLaterRotatesAsEver(
            @ForAll @IntRange(max = 800) int before, @ForAll @IntRange(max = 800) int away) {
        begin();
        Instant now = Pki.START;
        for (int day = 0; day < before; day += 5) {
            now = Pki.START.plus(Duration.ofDays(day));
            keep(now);
        }
        keep(now);
        now = now.plus(Duration.ofDays(away));
        keep(now);
        assertThat(state().bundle()).hasSizeBetween(1, 2);
        assertThat(accepts(state().bundle(), state().leaf().orElseThrow().certificate(), now))
                .isTrue();
        for (int day = 0; day < 400; day += 5) {
            now = now.plus(Duration.ofDays(5));
            keep(now);
            assertThat(accepts(state().bundle(), state().leaf().orElseThrow().certificate(), now))
                    .isTrue();
        }
    }

    @Test
    void anAuthorityThatWasNeverPublishedSignsNothing() {
        begin();
        keep(Pki.START);
        Instant due = Pki.START.plus(Duration.ofDays(250));
        Stored added = new Stored.Intact(rotation.after(
                new Step(Step.Kind.ADD_NEXT_CA, "due"),
                TrustSecret.read(secret),
                Pki.START.plus(Duration.ofDays(246))));
        assertThat(Pki.PLAN.next(due, added).kind()).isEqualTo(Step.Kind.MARK_PUBLISHED);

        Stored published =
                new Stored.Intact(rotation.after(new Step(Step.Kind.MARK_PUBLISHED, "published"), added, due));
        Instant graceEnds = due.plus(GRACE);
        assertThat(Pki.PLAN.next(graceEnds.minusSeconds(1), published).kind()).isNotEqualTo(Step.Kind.PROMOTE_NEXT_CA);
        assertThat(Pki.PLAN.next(graceEnds, published).kind()).isEqualTo(Step.Kind.PROMOTE_NEXT_CA);
    }

    @Test
    void aNoteFromTheFutureIsTakenAgain() {
        begin();
        keep(Pki.START);
        Instant due = Pki.START.plus(Duration.ofDays(250));
        Stored intact = TrustSecret.read(secret);
        Stored added = new Stored.Intact(rotation.after(new Step(Step.Kind.ADD_NEXT_CA, "due"), intact, due));
        Stored ahead = new Stored.Intact(rotation.after(
                new Step(Step.Kind.MARK_PUBLISHED, "clock ahead"), added, due.plus(Duration.ofDays(900))));
        assertThat(Pki.PLAN.next(due, ahead).kind()).isEqualTo(Step.Kind.MARK_PUBLISHED);
    }

    @Test
    void otherNamesAreANewLeafOfTheSameAuthority() {
        begin();
        keep(Pki.START);
        RotationPlan renamed = RotationPlan.standard(Set.of("fairlead-config.elsewhere.svc"));
        assertThat(renamed.next(Pki.START, TrustSecret.read(secret)).kind()).isEqualTo(Step.Kind.RENEW_LEAF);
    }

    @Test
    void aPlanThatWouldCutLeavesShortIsRefused() {
        Duration day = Duration.ofDays(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new RotationPlan(
                        Set.of("name"),
                        day.multipliedBy(365),
                        day.multipliedBy(60),
                        day.multipliedBy(90),
                        day,
                        day,
                        day))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("caRenewal: got PT1440H");
    }
}
