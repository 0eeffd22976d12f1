package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which configuration is in force, and takes the next. Blocks; one thread at a time. */
final class ConfigInForce {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigInForce.class);

    private final ConfigCodec codec;
    private final ConfigSink sink;
    private final LastKnownGood store;
    private String hash;

    ConfigInForce(ConfigCodec codec, ConfigSink sink, LastKnownGood store) {
        this.codec = codec;
        this.sink = sink;
        this.store = store;
    }

    /** Puts the stored configuration into force, if there is one that can be used. */
    boolean restore() {
        var stored = store.config();
        if (stored == null) {
            return false;
        }
        var verdict = take(stored.hash(), stored.json());
        if (!verdict.applied()) {
            LOG.atWarn()
                    .addKeyValue("path", verdict.path())
                    .addKeyValue("message", verdict.message())
                    .log("last-known-good config ignored");
        }
        return verdict.applied();
    }

    /** Whether this is the configuration in force. */
    boolean is(String aHash) {
        return aHash.equals(hash);
    }

    /** Puts a configuration into force unless it is; when it cannot be used, the one before stays. */
    Verdict take(String newHash, byte[] json) {
        if (is(newHash)) {
            return Verdict.applied(newHash);
        }
        try {
            sink.apply(codec.read(json));
            hash = newHash;
            return Verdict.applied(newHash);
        } catch (ConfigException e) {
            return new Verdict(newHash, e.path(), withoutPath(e));
        } catch (OutOfMemoryError e) {
            // What was built of it is garbage by now, and the one in force needs no more than before.
            return new Verdict(
                    newHash, "$", "does not fit into this sidecar's memory: fairlead.dev/sidecar-memory is too small");
        } catch (RuntimeException e) {
            // A bug of ours: the operator hears that it happened, the log says what.
            LOG.atError().setCause(e).addKeyValue("hash", newHash).log("config could not be put into force");
            return new Verdict(
                    newHash, "$", "cannot be put into force: " + e.getClass().getSimpleName());
        }
    }

    /** Keeps what was taken for the next start. */
    void keep(String takenHash, byte[] json) {
        store.keepConfig(takenHash, json);
    }

    private static String withoutPath(ConfigException e) {
        var prefix = e.path() + ": ";
        return e.getMessage().startsWith(prefix) ? e.getMessage().substring(prefix.length()) : e.getMessage();
    }
}
