package dev.fairlead.operator.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Where the replicas are. May block. */
@FunctionalInterface
public interface PeerResolver {
    /** Their addresses, also this one's; empty when there are none. */
    List<String> addresses();

    /** By the addresses that a headless Service's name has. */
    static PeerResolver dns(String host) {
        return () -> {
            try {
                return Arrays.stream(InetAddress.getAllByName(host))
                        .map(InetAddress::getHostAddress)
                        .toList();
            } catch (UnknownHostException e) {
                // While no replica is ready, nor this one, the name does not exist.
                return List.of();
            }
        };
    }
}
