package dev.fairlead.operator.simulate;

import dev.fairlead.operator.simulate.profile.Profile;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How to run a simulator.
 *
 * @param host address to listen on
 * @param port 0 picks a free one
 * @param profile what the provider is like
 * @param tlsCertificate PEM file with the certificate chain; null for plain HTTP
 * @param tlsKey PEM file with its PKCS#8 private key; null for plain HTTP
 * @param clock microseconds since 1970, never going back; moves limits and stamps entries. Delays are real time
 */
public record SimulatorOptions(
        String host, int port, Profile profile, Path tlsCertificate, Path tlsKey, LongSupplier clock) {

    public SimulatorOptions {
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new IllegalArgumentException("TLS needs both a certificate and its key");
        }
    }

    /** The built-in profile on a free port of 127.0.0.1, plain HTTP, system time. */
    public static SimulatorOptions onFreePort() {
        return new SimulatorOptions("127.0.0.1", 0, new ProfileReader().builtIn(), null, null, steadyClock());
    }

    /** The same on another address. */
    public SimulatorOptions withListen(String newHost, int newPort) {
        return new SimulatorOptions(newHost, newPort, profile, tlsCertificate, tlsKey, clock);
    }

    /** The same with another provider. */
    public SimulatorOptions withProfile(Profile newProfile) {
        return new SimulatorOptions(host, port, newProfile, tlsCertificate, tlsKey, clock);
    }

    /** The same over TLS. */
    public SimulatorOptions withTls(Path certificate, Path key) {
        return new SimulatorOptions(host, port, profile, certificate, key, clock);
    }

    /** The same on another clock. */
    public SimulatorOptions withClock(LongSupplier newClock) {
        return new SimulatorOptions(host, port, profile, tlsCertificate, tlsKey, newClock);
    }

    /** System time that neither jumps nor goes back: read once, then counted on. */
    private static LongSupplier steadyClock() {
        long base = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        long start = System.nanoTime();
        return () -> base + (System.nanoTime() - start) / 1000;
    }
}
