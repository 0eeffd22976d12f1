package dev.fairlead.operator.simulate.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may call and how much: limits belong to the account, so several keys of one account share them.
 *
 * @param name how statistics and faults call it
 * @param organization what error messages and headers call it; null derives one from the name
 * @param keys accepted credentials
 * @param limits null means none
 * @param balanceTokens input and output tokens that the account can still pay; null means any number. At 0 every call
 *     is an {@code insufficient_quota}
 * @param quotaExhausted true: every call is an {@code insufficient_quota} from the start
 * @param models ids this account may use; empty means all
 * @param latency null means the profile's
 */
public record AccountProfile(
        String name,
        String organization,
        List<KeyProfile> keys,
        LimitsProfile limits,
        Long balanceTokens,
        boolean quotaExhausted,
        List<String> models,
        LatencyProfile latency) {

    public AccountProfile {
        Check.name("name", name);
        Check.that(keys != null && !keys.isEmpty(), "keys: account '%s' needs at least one key".formatted(name));
        keys = named(keys);
        Check.that(
                keys.stream().map(KeyProfile::name).distinct().count() == keys.size(),
                "keys: two keys of account '%s' have the same name".formatted(name));
        limits = limits == null ? LimitsProfile.NONE : limits;
        balanceTokens = Check.optional("balanceTokens", balanceTokens, 0, Long.MAX_VALUE);
        models = models == null ? List.of() : List.copyOf(models);
    }

    private static List<KeyProfile> named(List<KeyProfile> keys) {
        List<KeyProfile> named = new ArrayList<>();
        for (KeyProfile key : keys) {
            String name = key.name() == null ? "key-" + (named.size() + 1) : key.name();
            named.add(new KeyProfile(name, key.key()));
        }
        return List.copyOf(named);
    }
}
