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
    /** What follows the account in the name of a meter of a key. */
    private static final String KEY = "key ";

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

    /** The fingerprint of the key whose limit a meter is, {@code null} for one of the whole account. */
    static String keyOfMeter(String meter) {
        int begin = meter.indexOf('/') + 1;
        return meter.startsWith(KEY, begin) ? meter.substring(begin + KEY.length(), meter.indexOf('/', begin)) : null;
    }

    /** How many keys of an account can be called with, or will be able to by the clock alone. */
    int usable(String account) {
        return (int) pool.accounts().getOrDefault(account, Set.of()).stream()
                .filter(key -> !out.contains(key))
                .count();
    }

    /** Whether somebody may be called with under a limit. */
    boolean count(String meter) {
        var only = keyOfMeter(meter);
        return pool.accounts().getOrDefault(ofMeter(meter), Set.of()).stream()
                .anyMatch(key -> !out.contains(key) && (only == null || only.equals(key)));
    }

    /** Whether an account comes back by the clock, and not before. */
    boolean rests(String account) {
        return resting.contains(account);
    }
}
