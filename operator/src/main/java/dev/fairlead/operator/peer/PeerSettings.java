package dev.fairlead.operator.peer;

import java.nio.file.Path;
import java.time.Duration;

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
