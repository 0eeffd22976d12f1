package dev.fairlead.sidecar.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose an account is. One that is named, by several keys, by a key of another name or in {@code quotaGroups}, is what its name
 * says, whichever keys it has; one that only goes by the name of its one key is that key's.
 *
 * @param named whether its name is more than that of its key
 * @param keys the fingerprints of its keys
 */
public record AccountIdentity(boolean named, Set<String> keys) {
    /** Of every account that has keys, by name. */
    public static Map<String, AccountIdentity> of(List<KeyConfig> all, List<QuotaGroupConfig> quotaGroups) {
        var limited = quotaGroups.stream().map(QuotaGroupConfig::name).collect(Collectors.toSet());
        var named = new HashSet<String>();
        var keys = new HashMap<String, Set<String>>();
        for (var key : all) {
            var ofAccount = keys.computeIfAbsent(key.group(), name -> new HashSet<>(2));
            if (!ofAccount.isEmpty() || !key.name().equals(key.group()) || limited.contains(key.group())) {
                named.add(key.group());
            }
            ofAccount.add(key.fingerprint());
        }
        var identities = new HashMap<String, AccountIdentity>();
        keys.forEach((name, fingerprints) ->
                identities.put(name, new AccountIdentity(named.contains(name), Set.copyOf(fingerprints))));
        return identities;
    }

    /** Whether an account of the same name in another configuration is this one, so that what is known of it holds. */
    public boolean same(AccountIdentity other) {
        return (named && other.named) || keys.stream().anyMatch(other.keys::contains);
    }
}
