package dev.fairlead.operator.inject;

import dev.fairlead.operator.trust.TrustSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a CA bundle holds nothing but certificates that Fairlead issued. A sidecar with another's would give its token to
 * whoever the pod's {@code hostAliases} or {@code dnsConfig} make of the operator's host name. Knows what was issued before
 * its time, too, as pods may be older than this process; safe on every thread.
 */
public final class IssuedBundles implements Predicate<String> {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]{1,16384})-----END CERTIFICATE-----");

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param trust where the certificates come from */
    public IssuedBundles(TrustSource trust) {
        trust.onChange(material -> learn(trust.everIssued()));
        learn(trust.everIssued());
    }

    @Override
    public boolean test(String bundle) {
        return certificates(bundle).filter(known::containsAll).isPresent();
    }

    private void learn(String everIssued) {
        certificates(everIssued).ifPresent(known::addAll);
    }

    /** Empty where there is none, or anything besides: another reader could make a certificate of it. */
    private static Optional<Set<String>> certificates(String bundle) {
        var matcher = CERTIFICATE.matcher(bundle);
        var found = matcher.results()
                .map(result -> result.group(1).replaceAll("\\s", ""))
                .collect(Collectors.toSet());
        return found.isEmpty() || !matcher.replaceAll("").isBlank() ? Optional.empty() : Optional.of(found);
    }
}
