package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.KeyCounts;
import dev.fairlead.api.v1alpha1.KeyState;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.allot.PoolStanding.KeyStanding;
import dev.fairlead.operator.compile.PoolKeys;
import dev.fairlead.sidecar.config.KeyConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Each key of a pool: as it was compiled, and where it was usable then, as sidecars say.
 *
 * @param states in the order of the keys
 */
record KeyOverview(List<KeyState> states) {
    static final String AVAILABLE = "Available";
    static final String PARKED = "Parked";
    static final String SUSPENDED = "Suspended";
    static final String INVALID = "Invalid";

    private static final Set<String> REPORTED = Set.of(PARKED, SUSPENDED, INVALID);
    private static final Set<String> REFUSED = Set.of(SUSPENDED, INVALID);
    private static final int MOST = 256;
    /** Two sidecars seldom agree on the second. */
    private static final Duration SAME = Duration.ofSeconds(5);

    KeyOverview {
        states = List.copyOf(states);
    }

    /** @param before what the status says so far, for what has not really changed */
    static KeyOverview of(PoolKeys keys, PoolStanding standing, List<KeyState> before, Instant now) {
        Map<String, KeyStanding> said = new HashMap<>();
        standing.unavailable().forEach(key -> said.put(key.fingerprint(), key));
        Map<String, KeyState> earlier = new HashMap<>();
        Map<String, KeyState> byPrint = new HashMap<>();
        before.forEach(state -> {
            earlier.put(state.getName(), state);
            byPrint.put(state.getFingerprint(), state);
        });
        var recovered = recovered(standing, before);
        // A key that is left out because its name is taken has no state of its own.
        var states = new LinkedHashMap<String, KeyState>();
        for (var key : keys.usable()) {
            var old = before(key, earlier, byPrint);
            boolean same = old != null && key.fingerprint().equals(old.getFingerprint());
            var heard = same && standing.pending() ? remembered(old, now) : said.get(key.fingerprint());
            boolean refused = heard != null && REFUSED.contains(heard.state());
            if (!refused && same && refused(old) && !recovered.contains(key.fingerprint())) {
                heard = remembered(old, now); // Who was told so may be gone: nobody has tried it since.
            }
            states.putIfAbsent(key.name(), steady(usable(key, heard, now), old));
        }
        for (var key : keys.leftOut()) {
            var state = state(key.name(), key.group(), INVALID);
            state.setReason(key.reason().text());
            states.putIfAbsent(key.name(), state);
        }
        return new KeyOverview(List.copyOf(states.values()));
    }

    /** The same key may have had another name. */
    private static KeyState before(KeyConfig key, Map<String, KeyState> byName, Map<String, KeyState> byPrint) {
        var same = byPrint.get(key.fingerprint());
        return same == null ? byName.get(key.name()) : same;
    }

    /** Whether the status says that the provider refuses it, or its account: so it is until a call is taken. */
    private static boolean refused(KeyState state) {
        return state.getFingerprint() != null && REFUSED.contains(state.getState());
    }

    /** Those that a call has been taken with, and those of an account that had nothing to spend and of which one has. */
    private static Set<String> recovered(PoolStanding standing, List<KeyState> before) {
        Set<String> groups = new HashSet<>();
        for (var state : before) {
            if (refused(state)
                    && state.getState().equals(SUSPENDED)
                    && standing.proven().contains(state.getFingerprint())) {
                groups.add(state.getQuotaGroup());
            }
        }
        Set<String> recovered = new HashSet<>(standing.proven());
        for (var state : before) {
            if (refused(state) && state.getState().equals(SUSPENDED) && groups.contains(state.getQuotaGroup())) {
                recovered.add(state.getFingerprint());
            }
        }
        return recovered;
    }

    /** What the status says of a key, as if a sidecar had just said it; {@code null} where it is available. */
    private static KeyStanding remembered(KeyState old, Instant now) {
        long forMs = instant(old.getUntil())
                .map(until -> Duration.between(now, until).toMillis())
                .orElse(0L);
        boolean over = old.getUntil() != null && forMs <= 0 && !refused(old);
        return REPORTED.contains(old.getState()) && !over
                ? new KeyStanding(
                        old.getName(),
                        old.getFingerprint(),
                        old.getState(),
                        Math.max(0, forMs),
                        old.getReason() == null ? "" : old.getReason())
                : null;
    }

    private static KeyState usable(KeyConfig key, KeyStanding said, Instant now) {
        var state = state(key.name(), key.group(), AVAILABLE);
        state.setFingerprint(key.fingerprint());
        if (key.weight() == 0) {
            state.setState("Draining");
        } else if (key.notAfterMs() != null && now.toEpochMilli() >= key.notAfterMs()) {
            state.setState("Expired");
        } else if (said != null) {
            state.setState(said.state());
            state.setReason(said.reason().isEmpty() ? null : said.reason());
            if (said.forMs() > 0) {
                state.setUntil(now.plusMillis(said.forMs() + 999)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
            }
        }
        return state;
    }

    private static KeyState state(String name, String group, String state) {
        var made = new KeyState();
        made.setName(name);
        made.setQuotaGroup(group);
        made.setState(state);
        return made;
    }

    private static KeyState steady(KeyState now, KeyState before) {
        if (before != null && Objects.equals(now.getState(), before.getState())) {
            var then = instant(before.getUntil());
            var until = instant(now.getUntil());
            if (then.isPresent()
                    && until.isPresent()
                    && Duration.between(then.get(), until.get()).abs().compareTo(SAME) < 0) {
                now.setUntil(before.getUntil());
            }
        }
        return now;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As many as a status may hold: those that take no calls first. */
    List<KeyState> shown() {
        return states.size() <= MOST
                ? states
                : states.stream()
                        .sorted(Comparator.comparing(state -> state.getState().equals(AVAILABLE)))
                        .limit(MOST)
                        .toList();
    }

    int count(String state) {
        return (int) states.stream().filter(one -> one.getState().equals(state)).count();
    }

    KeyCounts counts() {
        var counts = new KeyCounts();
        counts.setTotal(states.size());
        counts.setAvailable(count(AVAILABLE));
        counts.setParked(count(PARKED));
        counts.setInvalid(count(INVALID));
        counts.setSummary(count(AVAILABLE) + "/" + states.size());
        return counts;
    }

    /** When the first of the parked keys takes calls again; {@code null} when none is parked, or nobody knows. */
    String nextReset() {
        return states.stream()
                .filter(state -> state.getState().equals(PARKED) && state.getUntil() != null)
                .map(KeyState::getUntil)
                .min(Comparator.comparing(until -> instant(until).orElse(Instant.MAX)))
                .orElse(null);
    }
}
