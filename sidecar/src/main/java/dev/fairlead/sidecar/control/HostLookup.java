package dev.fairlead.sidecar.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Names to addresses; may block. */
@FunctionalInterface
interface HostLookup {
    /** All addresses, at least one. */
    List<InetAddress> all(String host) throws UnknownHostException;

    /** As the machine resolves them. */
    static HostLookup system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
