package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.AccountIdentity;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.ArrayList;
import java.util.List;

/** One account: its keys share limits and cool down together. Kept over configurations, see {@link AccountIdentity}. */
final class Account {
    private final List<AccountModel> models = new ArrayList<>(2);
    private final List<Key> keys = new ArrayList<>(1);
    private final CoolDown coolDown = new CoolDown();
    private final Trust trust = new Trust();
    private String name;
    private AccountIdentity identity;

    Account(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    /** Its keys in the pool's order, as configured now. */
    List<Key> keys() {
        return keys;
    }

    /** Whether it is the account that a new configuration has under its name. */
    boolean is(AccountIdentity there) {
        return identity.same(there);
    }

    void identity(AccountIdentity newIdentity) {
        identity = newIdentity;
    }

    /** By what others know a rest of it: the fingerprint of its only key if it is no more than that, {@code null} for its name. */
    String onlyKey() {
        return identity.named() ? null : keys.get(0).config().fingerprint();
    }

    /** The models that it has been asked for lately. */
    List<AccountModel> models() {
        return models;
    }

    CoolDown coolDown() {
        return coolDown;
    }

    /** Whether the provider takes it, as far as is known. */
    Trust trust() {
        return trust;
    }

    /** The whole account rests, for an empty balance for example; repeated failures double the time, up to {@code maxMs}. */
    void cool(long nowMs, long forMs, long maxMs, Jitter jitter) {
        int times = trust.refused(FailureClass.QUOTA, !coolDown.rests(nowMs), nowMs);
        long backedOff = Math.min(maxMs, forMs << Math.min(times, 10));
        coolDown.extend(nowMs + backedOff, jitter.after(backedOff), FailureClass.QUOTA);
        restartRamps();
    }

    /** The whole account rests until this time. */
    void rest(long untilMs, long jitterMs, FailureClass why, long nowMs) {
        coolDown.extend(untilMs, jitterMs, why);
        refusedWhere(why, nowMs);
        restartRamps();
    }

    /** As {@link #rest}, on the word of another process. */
    void told(long untilMs, long jitterMs, FailureClass why, long nowMs) {
        if (coolDown.told(untilMs, jitterMs, why)) {
            refusedWhere(why, nowMs);
            restartRamps();
        }
    }

    private void refusedWhere(FailureClass why, long nowMs) {
        if (why.refuses()) {
            trust.told(why, nowMs);
        }
    }

    private void restartRamps() {
        models.forEach(model -> model.ramp().restart());
    }
}
