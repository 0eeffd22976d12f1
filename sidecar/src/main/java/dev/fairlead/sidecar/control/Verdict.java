package dev.fairlead.sidecar.control;

/**
 * What became of a configuration.
 *
 * @param hash which
 * @param path where it is wrong, {@code null} when it is in force
 * @param message why, {@code null} when it is in force
 */
record Verdict(String hash, String path, String message) {
    static Verdict applied(String hash) {
        return new Verdict(hash, null, null);
    }

    boolean applied() {
        return path == null;
    }

    Ack on(String stream) {
        return new Ack(stream, hash, applied(), path, message);
    }
}
