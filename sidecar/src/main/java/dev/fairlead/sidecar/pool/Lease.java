package dev.fairlead.sidecar.pool;

/** The right to send one call with one key. Immutable to its holder; settled exactly once on the pool's home loop. */
public final class Lease {
    private final Key key;
    private final String model;
    private final String secret;
    private final String keyName;
    private final String group;
    private final long waitedMs;
    private final boolean probe;
    private boolean settled;

    /** @param probe whether this call is to find out if the endpoint answers again */
    Lease(Key key, String model, long waitedMs, boolean probe) {
        this.key = key;
        this.model = model;
        this.waitedMs = waitedMs;
        this.probe = probe;
        // Copied, so that a rotation while the call is on its way changes neither what is sent nor what is recorded.
        this.secret = key.config().secret();
        this.keyName = key.config().name();
        this.group = key.group().name();
    }

    /** The key material, for the credential header only. */
    public String secret() {
        return secret;
    }

    /** The key's name in its pool: the only thing about it that may be shown. */
    public String keyName() {
        return keyName;
    }

    /** The account that pays. */
    public String group() {
        return group;
    }

    /** How long the call waited for this key, milliseconds. */
    public long waitedMs() {
        return waitedMs;
    }

    Key key() {
        return key;
    }

    boolean probe() {
        return probe;
    }

    String model() {
        return model;
    }

    /** True the first time only. */
    boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    @Override
    public String toString() {
        return "Lease[key=" + keyName + ", group=" + group + "]";
    }
}
