package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.pool.quota.Quotas;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;

/** What a pool tells processes that use the same accounts, and learns from them. */
final class FleetSide {
    private static final int LOOKS = 4;

    private final Boards boards;
    private final Keyring keyring;
    private final Quotas quotas;
    private final WaitingRoom room;
    private final Server server;
    private final Grants grants;
    private final Jitter jitter;
    private final Pins pins;
    private PoolConfig config;
    private Runnable need = () -> {};

    FleetSide(
            Boards boards,
            Keyring keyring,
            Quotas quotas,
            WaitingRoom room,
            Server server,
            Grants grants,
            Jitter jitter,
            Pins pins) {
        this.boards = boards;
        this.keyring = keyring;
        this.quotas = quotas;
        this.room = room;
        this.server = server;
        this.grants = grants;
        this.jitter = jitter;
        this.pins = pins;
    }

    void configure(PoolConfig newConfig) {
        config = newConfig;
    }

    void onNeed(Runnable listener) {
        need = listener;
    }

    /** A call waits. If it does so for a share, it should not wait for the next report. */
    void parked(Board board, LeaseRequest request, long nowMs) {
        if (config.coordination().mode() == CoordinationConfig.Mode.LOCAL) {
            return;
        }
        var resting = board.seats().resting();
        for (int i = 0; i < Math.min(LOOKS, resting.size()); i++) {
            if (resting.at(i).owner().gate().lacksShare(request.demand(), nowMs)) {
                need.run();
                return;
            }
        }
    }

    PoolReport report(CoordinationConfig.Mode mode, long nowMs) {
        boolean mine = mode == config.coordination().mode();
        boolean elsewhere = !mine && config.coordination().mode() == CoordinationConfig.Mode.REDIS;
        if (mine) {
            tellWanted(nowMs);
        }
        var capacity = Capacity.of(keyring, nowMs);
        var rests = rests(nowMs);
        return new PoolReport(
                config.id(),
                mine ? quotas.readings(nowMs) : List.of(),
                rests.list(),
                mine ? pins.news() : List.of(),
                keyring.keys().stream().map(key -> reading(key, nowMs)).toList(),
                grants.calling(nowMs),
                room.depth(),
                capacity.headroomPercent(),
                capacity.exhaustsInMs(),
                rests.leftOff(),
                null,
                gone(nowMs),
                keyring.taken(nowMs),
                elsewhere ? quotas.used(nowMs) : null);
    }

    private List<String> gone(long nowMs) {
        return boards.all().stream()
                .filter(board -> board.provider().knownAsGone(nowMs))
                .map(Board::model)
                .limit(PoolReport.MOST_GONE)
                .toList();
    }

    /** Those who wait at a board would spread over the accounts that do not rest. */
    private void tellWanted(long nowMs) {
        for (var board : boards.all()) {
            int awake = 0;
            for (var account : board.accounts()) {
                awake += account.restedAt() <= nowMs ? 1 : 0;
            }
            int each = awake == 0 ? 0 : (board.waiting() + awake - 1) / awake;
            for (var account : board.accounts()) {
                int calls = account.restedAt() <= nowMs ? each : 0;
                account.gate()
                        .wanted(
                                calls,
                                calls * board.typical().inputTokens(),
                                calls * board.typical().outputTokens());
            }
        }
    }

    private static KeyReading reading(Key key, long nowMs) {
        var state = KeyStates.of(key, nowMs);
        var refused = key.unproven() ? key.trust() : key.account().trust();
        return new KeyReading(
                key.config().name(),
                key.account().name(),
                key.config().fingerprint(),
                state.name(),
                Times.until(state.until(), nowMs),
                state.reason(),
                refused.refused() == null ? 0 : nowMs - refused.refusedMs());
    }

    private RestsTold rests(long nowMs) {
        var told = new RestsTold(nowMs);
        for (var account : keyring.accounts()) {
            told.add(account.coolDown(), account.name(), account.onlyKey(), null);
            for (var model : account.models()) {
                var name = model.board().model();
                told.add(model.coolDown(), account.name(), account.onlyKey(), name);
            }
            for (var key : account.keys()) {
                var fingerprint = key.config().fingerprint();
                told.add(key.quarantine(), account.name(), fingerprint, null);
                key.modelRests()
                        .forEach((model, rest) -> told.add(rest.coolDown(), account.name(), fingerprint, model));
            }
        }
        return told;
    }

    void apply(PoolAnswer answer, long nowMs) {
        boolean changed = false;
        for (var share : answer.shares()) {
            changed |= quotas.share(share, nowMs);
        }
        answer.rests().forEach(rest -> told(rest, nowMs));
        pins.learn(answer.pins());
        if (changed) {
            boards.wakeAll();
            server.serveAll(nowMs);
        }
    }

    /** A newer process may know classes that this one does not. */
    private static FailureClass named(String wireName) {
        for (var known : FailureClass.values()) {
            if (known.wireName().equals(wireName)) {
                return known;
            }
        }
        return FailureClass.RATE_LIMIT;
    }

    private void told(Rest rest, long nowMs) {
        var account = keyring.account(rest.group());
        if (account == null || rest.forMs() < 1) {
            return;
        }
        long forMs = Math.min(rest.forMs(), config.coolDown().maxMs());
        long until = nowMs + forMs;
        long jitterMs = jitter.after(forMs);
        var cause = named(rest.cause());
        if (rest.key() != null) {
            for (var key : account.keys()) {
                if (key.config().fingerprint().equals(rest.key())) {
                    key.told(rest.model(), until, jitterMs, cause, nowMs);
                }
            }
        } else if (rest.model() == null) {
            account.told(until, jitterMs, cause, nowMs);
        } else {
            var board = boards.ofOthers(rest.model(), nowMs);
            var model = board == null ? null : board.account(rest.group());
            if (model != null && model.coolDown().told(until, jitterMs, cause)) {
                model.ramp().restart();
            }
        }
    }
}
