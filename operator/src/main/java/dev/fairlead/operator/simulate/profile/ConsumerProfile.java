package dev.fairlead.operator.simulate.profile;

/**
 * Somebody else who draws on the same account at an even pace, and is refused like anybody when it is empty.
 *
 * @param account whose limits it uses
 * @param model which model it calls; matters only where limits are per model; null means the account's first, or the
 *     provider's
 * @param requestsPerMinute its pace, 1 to 600,000
 * @param tokensPerRequest what each of its requests is charged; default 0
 */
public record ConsumerProfile(String account, String model, Long requestsPerMinute, Long tokensPerRequest) {

    public ConsumerProfile {
        Check.name("account", account);
        Check.that(requestsPerMinute != null, "requestsPerMinute is required");
        requestsPerMinute = Check.range("requestsPerMinute", requestsPerMinute, 1, 1, 600_000);
        tokensPerRequest = Check.range("tokensPerRequest", tokensPerRequest, 0, 0, 10_000_000_000L);
    }
}
