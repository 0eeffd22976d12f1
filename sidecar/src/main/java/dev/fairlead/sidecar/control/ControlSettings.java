package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.http.SystemTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The settings of a sidecar in a pod, from its environment.
 *
 * @param host of the configuration stream: its addresses are dialled, and its name must be in the certificate
 * @param port of the configuration stream
 * @param caBundle PEM
 * @param tokenFile read anew for every request; it need not exist yet
 * @param stateDir a folder that can be written
 * @param podIp where probes are served
 * @param dataPort where calls are taken
 * @param adminPort where the admin pages are
 * @param probePort where probes are served
 * @param podName said in every record; {@code null} where nobody has told
 * @param records as {@link dev.fairlead.sidecar.SidecarOptions#records}
 */
public record ControlSettings(
        String host,
        int port,
        String caBundle,
        Path tokenFile,
        Path stateDir,
        String podIp,
        int dataPort,
        int adminPort,
        int probePort,
        String podName,
        String records) {
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?):([0-9]{1,5})");
    private static final Pattern IP = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@link ControlEnvironment}'s variables.
     *
     * @throws IllegalArgumentException when one is missing or cannot be used; the message names it and what was expected
     */
    public static ControlSettings of(UnaryOperator<String> environment) {
        var variables = new Variables(environment);
        var address = ADDRESS.matcher(variables.needed(ControlEnvironment.CONFIG_ADDRESS));
        int port = address.matches() ? Integer.parseInt(address.group(3)) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw variables.wrong(ControlEnvironment.CONFIG_ADDRESS, "host:port of the configuration stream");
        }
        return new ControlSettings(
                address.group(1),
                port,
                variables.certificates(ControlEnvironment.CA_BUNDLE),
                Path.of(variables.needed(ControlEnvironment.TOKEN_FILE)),
                variables.folder(ControlEnvironment.STATE_DIR),
                variables.ip(ControlEnvironment.POD_IP),
                variables.port(ControlEnvironment.DATA_PORT, ControlEnvironment.DATA_PORT_DEFAULT),
                variables.port(ControlEnvironment.ADMIN_PORT, ControlEnvironment.ADMIN_PORT_DEFAULT),
                variables.port(ControlEnvironment.PROBES_PORT, ControlEnvironment.PROBE_PORT),
                variables.optional(ControlEnvironment.POD_NAME),
                variables.optional(ControlEnvironment.RECORDS));
    }

    private record Variables(UnaryOperator<String> environment) {
        String optional(String name) {
            var value = environment.apply(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        String needed(String name) {
            var value = optional(name);
            if (value == null) {
                throw new IllegalArgumentException(name + " is not set: injection writes it into the pod");
            }
            return value;
        }

        IllegalArgumentException wrong(String name, String expected) {
            return new IllegalArgumentException(name + " is '" + optional(name) + "': expected " + expected);
        }

        String certificates(String name) {
            var pem = needed(name);
            try {
                SystemTrust.check(pem);
                return pem;
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(name + " holds no certificate that can be read: expected PEM");
            }
        }

        Path folder(String name) {
            var folder = Path.of(needed(name));
            if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
                throw wrong(name, "a folder that can be written");
            }
            return folder;
        }

        String ip(String name) {
            if (!IP.matcher(needed(name)).matches()) {
                throw wrong(name, "the pod's IP address");
            }
            return needed(name);
        }

        int port(String name, int usual) {
            var value = optional(name);
            if (value == null) {
                return usual;
            }
            if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > MAX_PORT) {
                throw wrong(name, "a port, 0 to " + MAX_PORT);
            }
            return Integer.parseInt(value);
        }
    }
}
