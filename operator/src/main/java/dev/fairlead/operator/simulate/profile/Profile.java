package dev.fairlead.operator.simulate.profile;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One simulated provider.
 *
 * @param seed starts every random choice (jitter, fault probability, ids), so that two runs behave alike; default 1
 * @param models what the provider offers; empty means the built-in list of OpenAI models
 * @param accounts who may call, and how much
 * @param derivedAccounts when present, a key of no account that begins with {@code sk-} is accepted too and gets an
 *     account of its own; when absent it is a 401
 * @param consumers others who draw on the same accounts
 * @param latency how long answers take, unless the account says otherwise
 * @param completionTokens how long an answer is when neither model nor request say; default 16
 * @param logSize how many calls {@code GET /stats} remembers one by one; default 1000
 * @param maxRequestBytes longest request body; a longer one is a 413; default 64 MiB
 */
public record Profile(
        Long seed,
        List<ModelProfile> models,
        List<AccountProfile> accounts,
        DerivedAccounts derivedAccounts,
        List<ConsumerProfile> consumers,
        LatencyProfile latency,
        Integer completionTokens,
        Integer logSize,
        Long maxRequestBytes) {

    public Profile {
        seed = seed == null ? 1L : seed;
        models = models == null || models.isEmpty() ? ModelProfile.builtIn() : List.copyOf(models);
        accounts = accounts == null ? List.of() : List.copyOf(accounts);
        consumers = consumers == null ? List.of() : List.copyOf(consumers);
        latency = latency == null ? LatencyProfile.NONE : latency;
        completionTokens = Check.range("completionTokens", completionTokens, 16, 1, 1_000_000);
        logSize = Check.range("logSize", logSize, 1000, 0, 1_000_000);
        maxRequestBytes = Check.range("maxRequestBytes", maxRequestBytes, 64L << 20, 1, 1L << 30);
        modelsAreDistinct(models);
        keysAreDistinct(accounts);
        referencesExist(models, accounts, consumers);
    }

    /** The model of that id or snapshot name, if this provider offers one. */
    public Optional<ModelProfile> model(String id) {
        return models.stream().filter(model -> model.answersTo(id)).findFirst();
    }

    private static void modelsAreDistinct(List<ModelProfile> models) {
        Set<String> seen = new HashSet<>();
        for (ModelProfile model : models) {
            Check.that(seen.add(model.id()), "models: '%s' is listed twice".formatted(model.id()));
        }
    }

    private static void keysAreDistinct(List<AccountProfile> accounts) {
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (AccountProfile account : accounts) {
            Check.that(names.add(account.name()), "accounts: two accounts are named '%s'".formatted(account.name()));
            for (KeyProfile key : account.keys()) {
                Check.that(
                        keys.add(key.key()),
                        "accounts: a key of account '%s' is listed twice; a key belongs to one account"
                                .formatted(account.name()));
            }
        }
    }

    private static void referencesExist(
            List<ModelProfile> models, List<AccountProfile> accounts, List<ConsumerProfile> consumers) {
        for (AccountProfile account : accounts) {
            for (String id : account.models()) {
                Check.that(
                        models.stream().anyMatch(model -> model.answersTo(id)),
                        "accounts: account '%s' may use model '%s', which is not in models"
                                .formatted(account.name(), id));
            }
        }
        for (ConsumerProfile consumer : consumers) {
            Check.that(
                    accounts.stream().anyMatch(account -> account.name().equals(consumer.account())),
                    "consumers: account '%s' does not exist; accounts are %s"
                            .formatted(
                                    consumer.account(),
                                    accounts.stream().map(AccountProfile::name).toList()));
        }
    }
}
