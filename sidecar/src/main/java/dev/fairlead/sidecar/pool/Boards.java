package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.quota.Quotas;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The boards of a pool, one for each model that it has been asked for lately. */
final class Boards {
    /** Clients choose names of models where a route takes any; what is idle makes room beyond so many seats. */
    private static final int MAX_SEATS = 16_384;

    private static final int MIN_BOARDS = 16;
    private static final int MAX_BOARDS = 512;

    private final Keyring keyring;
    private final Endpoint endpoint;
    private final Quotas quotas;
    private final Map<String, Board> boards = new LinkedHashMap<>();
    private PoolConfig config;
    private Board last;

    Boards(Keyring keyring, Endpoint endpoint, Quotas quotas) {
        this.keyring = keyring;
        this.endpoint = endpoint;
        this.quotas = quotas;
    }

    void configure(PoolConfig newConfig) {
        config = newConfig;
        boards.values().forEach(board -> board.seat(keyring, quotas, newConfig));
    }

    Board of(String model, long nowMs) {
        if (last != null && last.model().equals(model)) {
            return last;
        }
        var board = boards.get(model);
        if (board == null) {
            makeRoom(nowMs);
            board = new Board(model, endpoint);
            board.seat(keyring, quotas, config);
            boards.put(model, board);
        }
        last = board;
        return board;
    }

    Collection<Board> all() {
        return boards.values();
    }

    /** Something that decides about keys has changed everywhere. */
    void wakeAll() {
        for (var board : boards.values()) {
            for (var account : board.accounts()) {
                for (var seat : account.seats()) {
                    if (!seat.ready && seat.promisedTo == null) {
                        board.seats().wake(seat);
                    }
                }
            }
        }
    }

    /** Anybody who waits, {@code null} for nobody. */
    Waiter anyWaiter() {
        for (var board : boards.values()) {
            var waiter = board.queues().any();
            if (waiter != null) {
                return waiter;
            }
        }
        return null;
    }

    private void makeRoom(long nowMs) {
        int accounts = Math.max(1, keyring.accounts().size());
        int most = Math.max(MIN_BOARDS, Math.min(MAX_BOARDS, MAX_SEATS / accounts));
        if (boards.size() < most) {
            return;
        }
        for (var i = boards.values().iterator(); i.hasNext(); ) {
            var board = i.next();
            if (!board.busy(nowMs)) {
                board.close();
                i.remove();
                return;
            }
        }
    }
}
