package dev.fairlead.operator.allot;

import dev.fairlead.operator.allot.PoolStanding.KeyStanding;
import dev.fairlead.sidecar.fleet.KeyReading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one word about each key of what the sidecars say. */
final class Merged {
    /** What the provider, or the pool itself, has said of a key: one witness is enough. Strongest first. */
    private static final List<String> CERTAIN = List.of("Expired", "Draining", "Invalid", "Suspended");

    private Merged() {}

    /** A key that one sidecar sees at a limit may be open for the others: then it takes half of them. */
    static List<KeyStanding> keys(Collection<Said> all, long nowMs) {
        Map<String, List<KeyStanding>> words = new LinkedHashMap<>();
        for (var said : all) {
            for (var key : said.keys()) {
                long forMs = key.forMs() <= 0 ? 0 : key.forMs() - said.ageMs(nowMs);
                if (key.forMs() <= 0 || forMs > 0) {
                    words.computeIfAbsent(key.fingerprint(), unseen -> new ArrayList<>())
                            .add(standing(key, forMs));
                }
            }
        }
        var merged = new ArrayList<KeyStanding>();
        for (var ofKey : words.values()) {
            var strongest = ofKey.stream().reduce(ofKey.get(0), Merged::stronger);
            if (CERTAIN.contains(strongest.state()) || 2 * ofKey.size() >= all.size()) {
                merged.add(strongest);
            }
        }
        return merged;
    }

    private static KeyStanding standing(KeyReading key, long forMs) {
        return new KeyStanding(key.name(), key.fingerprint(), key.state(), forMs, key.reason());
    }

    private static KeyStanding stronger(KeyStanding a, KeyStanding b) {
        int rankA = rank(a);
        int rankB = rank(b);
        return rankA != rankB ? rankA < rankB ? a : b : a.forMs() >= b.forMs() ? a : b;
    }

    private static int rank(KeyStanding key) {
        int at = CERTAIN.indexOf(key.state());
        return at < 0 ? CERTAIN.size() : at;
    }
}
