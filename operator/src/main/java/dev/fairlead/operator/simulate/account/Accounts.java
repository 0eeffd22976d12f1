package dev.fairlead.operator.simulate.account;

import dev.fairlead.operator.simulate.profile.AccountProfile;
import dev.fairlead.operator.simulate.profile.ConsumerProfile;
import dev.fairlead.operator.simulate.profile.KeyProfile;
import dev.fairlead.operator.simulate.profile.LimitsProfile;
import dev.fairlead.operator.simulate.profile.Profile;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All accounts of the simulated provider, found by key. One thread at a time. */
public final class Accounts {

    private static final Pattern NUMBERED = Pattern.compile("sk-([a-z][a-z0-9-]{0,40})-(\\d{1,4})");

    private final Profile profile;
    private final Map<String, Account> byName = new LinkedHashMap<>();
    private final Map<String, Caller> byKey = new HashMap<>();

    /** Fresh accounts: full meters; the other consumers begin at {@code now}. */
    public Accounts(Profile profile, long now) {
        this.profile = profile;
        for (AccountProfile accountProfile : profile.accounts()) {
            Account account = new Account(accountProfile);
            byName.put(account.name(), account);
            for (KeyProfile key : accountProfile.keys()) {
                byKey.put(key.key(), new Caller(account, key.name()));
            }
        }
        for (ConsumerProfile consumer : profile.consumers()) {
            byName.get(consumer.account()).join(new Consumer(consumer, modelOf(consumer), now));
        }
    }

    /** Whose key that is; creates the account of a key that the profile lets in without naming it. */
    public Optional<Caller> of(String key) {
        Caller known = byKey.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        if (profile.derivedAccounts() == null || !key.startsWith("sk-") || key.length() < 4) {
            return Optional.empty();
        }
        Caller derived = derive(key);
        byKey.put(key, derived);
        return Optional.of(derived);
    }

    /** The account of that name, if there is one yet. */
    public Optional<Account> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Every account so far. */
    public Collection<Account> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Lets other consumers make the calls that were due. */
    public void catchUp(long now) {
        byName.values().forEach(account -> account.catchUp(now));
    }

    private Caller derive(String key) {
        Matcher numbered = NUMBERED.matcher(key);
        if (numbered.matches()) {
            String name = numbered.group(1);
            boolean taken = profile.accounts().stream()
                    .anyMatch(account -> account.name().equals(name));
            // A key that the profile does not list must not slip into an account that it does.
            return new Caller(derived(taken ? name + "-derived" : name), "key-" + numbered.group(2));
        }
        return new Caller(derived("key-" + Fingerprint.of(key, 8)), "key-1");
    }

    private Account derived(String name) {
        return byName.computeIfAbsent(name, unused -> {
            LimitsProfile limits = profile.derivedAccounts().limits();
            List<KeyProfile> keys = List.of(new KeyProfile("derived", "derived"));
            return new Account(new AccountProfile(name, null, keys, limits, null, false, null, null));
        });
    }

    private String modelOf(ConsumerProfile consumer) {
        if (consumer.model() != null) {
            return consumer.model();
        }
        return profile.accounts().stream()
                .filter(account -> account.name().equals(consumer.account()))
                .flatMap(account -> account.models().stream())
                .findFirst()
                .orElse(profile.models().get(0).id());
    }
}
