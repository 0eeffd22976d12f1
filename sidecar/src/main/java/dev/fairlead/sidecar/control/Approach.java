package dev.fairlead.sidecar.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What has to be looked up before an operator is called. Blocks; any thread. */
final class Approach {
    private final String host;
    private final Path tokenFile;
    private final HostLookup lookup;

    Approach(String host, Path tokenFile, HostLookup lookup) {
        this.host = host;
        this.tokenFile = tokenFile;
        this.lookup = lookup;
    }

    /**
     * The operators' addresses now.
     *
     * @throws IOException with a sentence when there are none
     */
    List<InetAddress> addresses() throws IOException {
        try {
            var all = lookup.all(host);
            if (!all.isEmpty()) {
                return all;
            }
        } catch (UnknownHostException e) {
            // A headless Service without a ready pod looks like this.
        }
        throw new IOException("the name " + host + " has no address: no operator pod is ready");
    }

    /**
     * The token as it is now: the kubelet replaces it long before it expires.
     *
     * @throws IOException with a sentence when there is none
     */
    String token() throws IOException {
        try {
            var token = Files.readString(tokenFile, StandardCharsets.US_ASCII).strip();
            if (!token.isEmpty()) {
                return token;
            }
        } catch (IOException e) {
            throw new IOException(
                    "the token " + tokenFile + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
        throw new IOException("the token " + tokenFile + " is empty");
    }
}
