package dev.fairlead.sidecar.control;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which operator pod to dial next: any, but never one again before all others had their turn. A stream that held counts as a
 * turn, so whoever is left for silence or a bye comes last. Not thread-safe.
 */
final class OperatorAddresses {
    private final RandomGenerator random;
    private final Set<InetAddress> tried = new HashSet<>();
    private InetAddress latest;

    OperatorAddresses(RandomGenerator random) {
        this.random = random;
    }

    /** @param resolved what the name resolves to now; not empty */
    InetAddress next(List<InetAddress> resolved) {
        var candidates = resolved.stream()
                .filter(address -> !tried.contains(address))
                .distinct()
                .toList();
        if (candidates.isEmpty()) {
            tried.clear();
            candidates = resolved.stream()
                    .filter(address -> resolved.size() == 1 || !address.equals(latest))
                    .toList();
        }
        latest = (candidates.isEmpty() ? resolved : candidates).get(random.nextInt(Math.max(1, candidates.size())));
        tried.add(latest);
        return latest;
    }

    /** The latest one carries a stream: the others may be dialled again when it ends. */
    void good() {
        tried.clear();
        tried.add(latest);
    }
}
