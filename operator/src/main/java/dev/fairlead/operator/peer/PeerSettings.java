package dev.fairlead.operator.peer;

import dev.fairlead.operator.serve.Authentication;
import dev.fairlead.operator.serve.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How replicas find, name and trust each other.
 *
 * @param namespace of the operator
 * @param serviceAccount of the operator, in that namespace: the only one whose tokens are taken
 * @param ownAddress this pod's address, to which no link is made
 * @param serviceHost the name that the certificate of every replica has
 * @param port of the configuration server of every replica
 * @param tokenFile the projected token of audience {@link Peers#AUDIENCE}; read again for every link
 * @param resolve how often addresses are looked up
 * @param ping how often a list is followed by a sign of life; three missing ones end a link
 * @param debounce how long changes are gathered before the list is sent
 * @param retry the least time before a broken link is tried again; by chance up to twice that, and longer after each failure
 * @param forget how long a replica that cannot be reached is still counted
 */
public record PeerSettings(
        String namespace,
        String serviceAccount,
        String ownAddress,
        String serviceHost,
        int port,
        Path tokenFile,
        Duration resolve,
        Duration ping,
        Duration debounce,
        Duration retry,
        Duration forget) {
    /** Why whoever that is is not served here; empty for a replica of this operator. */
    Optional<Refusal> objectionTo(Authentication outcome) {
        if (outcome instanceof Authentication.Refused refused) {
            return Optional.of(Refusal.of(refused));
        }
        if (outcome instanceof Authentication.Unavailable unavailable) {
            return Optional.of(Refusal.of(unavailable));
        }
        return outcome instanceof Authentication.Authenticated caller
                        && caller.namespace().equals(namespace)
                        && caller.serviceAccount().equals(serviceAccount)
                ? Optional.empty()
                : Optional.of(new Refusal(403, "not_a_replica", "only replicas of the operator are served here"));
    }

    /** What a cluster runs with. */
    public static PeerSettings of(String namespace, String serviceAccount, String ownAddress) {
        return new PeerSettings(
                namespace,
                serviceAccount,
                ownAddress,
                "fairlead-config." + namespace + ".svc",
                8443,
                Path.of("/var/run/fairlead/peer/token"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
    }
}
