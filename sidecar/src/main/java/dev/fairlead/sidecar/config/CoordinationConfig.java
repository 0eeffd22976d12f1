package dev.fairlead.sidecar.config;

/**
 * How processes that use the same accounts share their limits.
 *
 * @param mode who divides them
 * @param redis where, present exactly when {@code mode} is {@link Mode#REDIS}
 */
public record CoordinationConfig(Mode mode, RedisConfig redis) {
    /** Nobody else uses the accounts, as far as is known. */
    public static final CoordinationConfig LOCAL = new CoordinationConfig(Mode.LOCAL, null);

    /** Who divides limits. */
    public enum Mode {
        /** Nobody: each process has them whole. */
        LOCAL,
        /** The operator: a process uses nothing that it has not been given. */
        LEASED,
        /** A script in a Redis or Valkey server. */
        REDIS
    }

    /**
     * A Redis or Valkey server.
     *
     * @param address {@code host:port}
     * @param tls whether to speak TLS, with the system's and the pool's trusted certificates
     * @param password {@code null} for none; never logged or shown
     */
    public record RedisConfig(String address, boolean tls, String password) {
        @Override
        public String toString() {
            return "RedisConfig[address=" + address + ", tls=" + tls + "]";
        }
    }
}
