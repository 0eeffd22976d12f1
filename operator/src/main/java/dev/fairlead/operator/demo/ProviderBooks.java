package dev.fairlead.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;

/** What the simulated provider has counted: calls let in and turned away, by account. */
record ProviderBooks(TreeMap<String, Account> accounts) {
    /** One account; {@code others} are calls of another consumer on it. */
    record Account(long admitted, long rejected, long others) {}

    static ProviderBooks of(JsonNode stats) {
        var accounts = new TreeMap<String, Account>();
        stats.path("accounts").properties().forEach(entry -> {
            var account = entry.getValue();
            long others = 0;
            for (var consumer : account.path("consumers")) {
                others += consumer.path("admitted").asLong();
            }
            accounts.put(entry.getKey(), new Account(account.path("admitted").asLong(), rejections(account), others));
        });
        return new ProviderBooks(accounts);
    }

    private static long rejections(JsonNode account) {
        long sum = 0;
        for (var cause : account.path("rejected")) {
            sum += cause.asLong();
        }
        return sum;
    }

    long admitted() {
        return accounts.values().stream().mapToLong(Account::admitted).sum();
    }

    long rejected() {
        return accounts.values().stream().mapToLong(Account::rejected).sum();
    }
}
