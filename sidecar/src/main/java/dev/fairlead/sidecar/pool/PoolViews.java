package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.PoolView.KeyView;
import dev.fairlead.sidecar.pool.PoolView.ModelView;

/** Shows a pool to people. */
final class PoolViews {
    private PoolViews() {}

    static PoolView of(PoolConfig config, Keyring keyring, WaitingRoom room, Grants grants, long nowMs) {
        var capacity = Capacity.of(keyring, nowMs);
        return new PoolView(
                config.id(),
                config.provider(),
                room.depth(),
                grants.inFlight(),
                capacity.headroomPercent(),
                capacity.exhaustsInMs(),
                keyring.keys().stream().map(key -> key(key, nowMs)).toList());
    }

    private static KeyView key(Key key, long nowMs) {
        var state = KeyStates.of(key, nowMs);
        return new KeyView(
                key.config().name(),
                key.account().name(),
                key.config().fingerprint(),
                key.config().weight(),
                key.config().priority(),
                state.name(),
                state.reason(),
                Times.until(state.until(), nowMs),
                key.inFlight(),
                key.account().models().stream()
                        .filter(model -> key.serves(model.board().model()))
                        .map(model -> model(key, model, nowMs))
                        .toList());
    }

    private static ModelView model(Key key, AccountModel model, long nowMs) {
        var name = model.board().model();
        long until = Math.max(model.restedAt(), key.opensAt(name, nowMs));
        var ofKey = key.cause(name, nowMs);
        var reason = until <= nowMs ? "" : (ofKey == null ? model.cause(nowMs) : ofKey).wireName();
        return new ModelView(
                name,
                reason,
                Times.until(until, nowMs),
                (int) Math.round(model.gate().headroom(nowMs) * 100),
                model.gate().bindingLimit(Demand.ONE_CALL, nowMs),
                model.inFlight(),
                !model.ramp().open() || key.recovers(name));
    }
}
