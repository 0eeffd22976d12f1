package dev.fairlead.operator.allot;

import dev.fairlead.operator.allot.PoolStanding.KeyStanding;
import dev.fairlead.sidecar.fleet.KeyReading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one word about each key of what the sidecars say. */
final class Merged {
    /** What the provider, or the pool itself, has said of a key: one witness is enough. Strongest first. */
    private static final List<String> CERTAIN = List.of("Expired", "Draining", "Invalid", "Suspended");

    private final Collection<Said> all;
    private final RestBook.Active rests;
    private final boolean shared;
    private final KeyProofs proofs;
    private final Map<Long, Long> informed = new HashMap<>();

    private Merged(Collection<Said> all, RestBook.Active rests, boolean shared, KeyProofs proofs) {
        this.all = all;
        this.rests = rests;
        this.shared = shared;
        this.proofs = proofs;
    }

    private record Word(Said from, KeyReading key, long forMs) {
        KeyStanding standing() {
            return new KeyStanding(key.name(), key.fingerprint(), key.state(), forMs, key.reason());
        }
    }

    /**
     * A key that one sidecar sees at a limit may be open for the others: then it takes half of them. Where the provider has said
     * that it rests, only those are asked who would know.
     *
     * @param rests what the provider has said
     * @param shared whether all are told of that
     * @param proofs which keys are taken: who says that one is refused has not tried it since
     */
    static List<KeyStanding> keys(
            Collection<Said> all, RestBook.Active rests, boolean shared, KeyProofs proofs, long nowMs) {
        return new Merged(all, rests, shared, proofs).keys(nowMs);
    }

    private List<KeyStanding> keys(long nowMs) {
        Map<String, List<Word>> words = new LinkedHashMap<>();
        for (var said : all) {
            for (var key : said.keys()) {
                boolean refused = Said.isRefused(key.state());
                long left = key.forMs() <= 0 ? 0 : key.forMs() - said.ageMs(nowMs);
                long forMs = refused ? Math.max(0, left) : left;
                if (refused ? !proofs.proven(key.fingerprint()) : key.forMs() <= 0 || forMs > 0) {
                    words.computeIfAbsent(key.fingerprint(), unseen -> new ArrayList<>())
                            .add(new Word(said, key, forMs));
                }
            }
        }
        var merged = new ArrayList<KeyStanding>();
        for (var ofKey : words.values()) {
            var strongest = ofKey.stream().reduce(ofKey.get(0), Merged::stronger);
            if (CERTAIN.contains(strongest.key.state()) || 2L * ofKey.size() >= asked(ofKey)) {
                merged.add(strongest.standing());
            }
        }
        return merged;
    }

    /** Whose word about a key counts, those included who have said one. */
    private long asked(List<Word> ofKey) {
        long news =
                ofKey.stream().mapToLong(word -> rests.number(word.key)).max().orElse(0);
        if (news == 0) {
            return all.size();
        }
        long heard = shared ? news : 0;
        long silent = informed.computeIfAbsent(heard, unseen -> count(all, heard))
                - count(ofKey.stream().map(Word::from).toList(), heard);
        return ofKey.size() + silent;
    }

    private static long count(Collection<Said> sidecars, long heard) {
        return sidecars.stream().filter(said -> said.wouldSay(heard)).count();
    }

    private static Word stronger(Word a, Word b) {
        int rankA = rank(a);
        int rankB = rank(b);
        return rankA != rankB ? rankA < rankB ? a : b : a.forMs >= b.forMs ? a : b;
    }

    private static int rank(Word word) {
        int at = CERTAIN.indexOf(word.key.state());
        return at < 0 ? CERTAIN.size() : at;
    }
}
