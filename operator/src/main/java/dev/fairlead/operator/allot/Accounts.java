package dev.fairlead.operator.allot;

import dev.fairlead.operator.allot.PoolStanding.KeyStanding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The accounts of a pool by how their keys stand.
 *
 * @param pool as it is configured
 * @param out keys that cannot be called with, and do not come back by the clock alone
 * @param resting accounts of which no other key can be called with now
 */
record Accounts(SharedPool pool, Set<String> out, Set<String> resting) {
    static Accounts of(SharedPool pool, List<KeyStanding> unavailable) {
        var out = new HashSet<String>();
        var parked = new HashSet<String>();
        unavailable.forEach(key -> (key.state().equals("Parked") ? parked : out).add(key.fingerprint()));
        var resting = new HashSet<String>();
        pool.accounts().forEach((name, keys) -> {
            if (keys.stream().allMatch(key -> out.contains(key) || parked.contains(key))) {
                resting.add(name);
            }
        });
        return new Accounts(pool, out, resting);
    }

    /** Whose limit a meter is. */
    static String ofMeter(String meter) {
        return meter.substring(0, Math.max(0, meter.indexOf('/')));
    }

    /** Whether somebody may be called with under a limit. */
    boolean count(String meter) {
        var account = ofMeter(meter);
        return pool.accounts().getOrDefault(account, Set.of()).stream()
                .anyMatch(key -> !out.contains(key) && isOf(meter, account, key));
    }

    /** A limit is that of the whole account, or of one of its keys. */
    private static boolean isOf(String meter, String account, String key) {
        return !meter.startsWith("key ", account.length() + 1)
                || meter.startsWith("key " + key + "/", account.length() + 1);
    }

    /** Whether an account comes back by the clock, and not before. */
    boolean rests(String account) {
        return resting.contains(account);
    }
}
