package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.AccountIdentity;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys and accounts of a pool over all its configurations: what stays the same key or account keeps its state. */
final class Keyring {
    private final WallClock clock;
    private final List<Key> keys = new ArrayList<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    Keyring(WallClock clock) {
        this.clock = clock;
    }

    /**
     * What a configuration makes of accounts.
     *
     * @param identities of all that there are now, by name
     * @param renamed those that go by another name now, by the former one
     * @param replaced the names that others have now
     */
    record Change(Map<String, AccountIdentity> identities, Map<String, String> renamed, Set<String> replaced) {}

    /** Uses these keys from now on. */
    Change configure(PoolConfig config) {
        var wanted = config.payingKeys();
        var accountOf = accountsOf(wanted);
        var identities = AccountIdentity.of(wanted, config.quotaGroups());
        var renamed = renamed(accountOf, identities);
        rename(renamed);
        var replaced = new HashSet<>(renamed.values());
        var known = new HashMap<String, List<Key>>();
        keys.forEach(key -> known.computeIfAbsent(identity(key.account().name(), key.config()), i -> new ArrayList<>())
                .add(key));
        keys.clear();
        accounts.values().forEach(account -> account.keys().clear());
        for (var account : List.copyOf(accounts.values())) {
            var there = identities.get(account.name());
            if (there != null && !account.is(there)) {
                accounts.put(account.name(), new Account(account.name()));
                replaced.add(account.name());
            }
        }
        var named = new HashSet<String>();
        for (var keyConfig : wanted) {
            // The same material under two names is one account, whatever the names say.
            var name = accountOf.get(keyConfig.fingerprint());
            var account = accounts.computeIfAbsent(name, Account::new);
            var same = known.get(identity(name, keyConfig));
            var key = same == null || same.isEmpty() ? new Key(clock) : same.remove(0);
            key.configure(keyConfig, account, keys.size());
            keys.add(key);
            account.keys().add(key);
            account.identity(identities.get(name));
            named.add(name);
        }
        // What is gone takes no new calls; those on their way keep their lease on it.
        known.values().forEach(gone -> gone.forEach(Key::retire));
        accounts.keySet().retainAll(named);
        return new Change(identities, renamed, replaced);
    }

    /** An account that is no more than its key has the name of that, whatever it is. */
    private Map<String, String> renamed(Map<String, String> accountOf, Map<String, AccountIdentity> identities) {
        var renamed = new HashMap<String, String>();
        for (var account : accounts.values()) {
            var key = account.onlyKey();
            var name = key == null ? null : accountOf.get(key);
            if (name != null
                    && !name.equals(account.name())
                    && !identities.get(name).named()) {
                renamed.put(account.name(), name);
            }
        }
        return renamed;
    }

    /** All at once: two may have each other's names. */
    private void rename(Map<String, String> renamed) {
        var moved = new ArrayList<Account>(renamed.size());
        renamed.forEach((from, to) -> {
            var account = accounts.remove(from);
            account.rename(to);
            moved.add(account);
        });
        moved.forEach(account -> accounts.put(account.name(), account));
    }

    /** By material: of several names for its account the one that it has had, otherwise the first. */
    private Map<String, String> accountsOf(List<KeyConfig> wanted) {
        var before = new HashMap<String, String>();
        keys.forEach(key -> before.put(key.config().fingerprint(), key.account().name()));
        var accountOf = new HashMap<String, String>();
        for (var key : wanted) {
            boolean same = key.group().equals(before.get(key.fingerprint()));
            accountOf.merge(key.fingerprint(), key.group(), (first, another) -> same ? another : first);
        }
        return accountOf;
    }

    /** How many keys are past their end. */
    int ended(long nowMs) {
        int ended = 0;
        for (int i = 0; i < keys.size(); i++) {
            ended += keys.get(i).expired(nowMs) ? 1 : 0;
        }
        return ended;
    }

    /** When the next key comes to its end; {@link Long#MAX_VALUE} for never. */
    long nextEnd(long nowMs) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < keys.size(); i++) {
            long end = keys.get(i).endsAt();
            next = end > nowMs ? Math.min(next, end) : next;
        }
        return next;
    }

    /** As {@link PoolReport#taken}. */
    Map<String, Long> taken(long nowMs) {
        var taken = new HashMap<String, Long>();
        for (int i = 0; i < keys.size() && taken.size() < PoolReport.MOST; i++) {
            long agoMs = nowMs - keys.get(i).trust().takenMs();
            if (agoMs <= PoolReport.TAKEN_MS) {
                taken.merge(keys.get(i).config().fingerprint(), agoMs, Math::min);
            }
        }
        return taken;
    }

    List<Key> keys() {
        return keys;
    }

    Collection<Account> accounts() {
        return accounts.values();
    }

    Account account(String name) {
        return accounts.get(name);
    }

    /** The material in an account: the same key moved to another account has that account's limits, not its old ones. */
    private static String identity(String account, KeyConfig key) {
        return account + "\n" + key.fingerprint();
    }
}
