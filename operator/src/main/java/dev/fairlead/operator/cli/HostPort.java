package dev.fairlead.operator.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address to listen on, written {@code HOST:PORT} or {@code [IPv6]:PORT}.
 *
 * @param port 0 for one that is free
 */
record HostPort(String host, int port) {
    /** As a URL says it. */
    String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    HostPort withPort(int other) {
        return new HostPort(host, other);
    }

    /** Reads what stands on the command line. */
    static final class Converter implements ITypeConverter<HostPort> {
        private static final Pattern WRITTEN = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]\\s]+)):(\\d{1,5})");
        private static final int LARGEST_PORT = 65_535;

        @Override
        public HostPort convert(String text) {
            var written = WRITTEN.matcher(text);
            if (!written.matches() || Integer.parseInt(written.group(3)) > LARGEST_PORT) {
                throw new TypeConversionException(
                        "'" + text + "' is not HOST:PORT with a port of 0 to 65535, for example 127.0.0.1:15080");
            }
            String host = written.group(1) == null ? written.group(2) : written.group(1);
            return new HostPort(host, Integer.parseInt(written.group(3)));
        }
    }
}
