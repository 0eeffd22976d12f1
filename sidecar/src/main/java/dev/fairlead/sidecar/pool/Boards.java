package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.quota.Quotas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The boards of a pool, one for each model that it has been asked for lately. Clients choose names of models where a route takes
 * any, and a provider may tell each of them to wait for long: so there are never more than {@link Quotas#mostModels}, beside those
 * with calls that wait or are on their way, and a quarter of them are of models that no call was ever served with.
 */
final class Boards {
    private static final int STRANGERS_ARE_ONE_OF = 4;
    private static final int MIN_STRANGERS = 8;

    private static final Comparator<Worth> LEAST_FIRST = Comparator.comparingInt(Worth::rank)
            .thenComparingLong(Worth::restLeftMs)
            .thenComparingLong(Worth::usedAtMs);

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

    /** What is lost with a board. */
    private record Worth(Board board, int rank, long restLeftMs, long usedAtMs) {
        static Worth of(Board board, long nowMs) {
            long restLeftMs = board.restLeftMs(nowMs);
            return new Worth(board, board.rank(restLeftMs > 0, nowMs), restLeftMs, board.usedAtMs());
        }
    }

    void configure(PoolConfig newConfig, long nowMs) {
        config = newConfig;
        trim(nowMs); // With more accounts there are fewer.
        boards.values().forEach(board -> board.seat(keyring, quotas, newConfig));
    }

    /** The board of a model; may forget another, at which nobody waits and no call is on its way. */
    Board of(String model, long nowMs) {
        if (last == null || !last.model().equals(model)) {
            var board = boards.get(model);
            last = board == null ? make(model, nowMs) : board;
        }
        last.used(nowMs);
        return last;
    }

    /** The board of a model that others speak of, {@code null} when there is none and no room for one. */
    Board ofOthers(String model, long nowMs) {
        var board = boards.get(model);
        if (board == null) {
            var free = free();
            if (free.size() < most() && strangers(free) < mostStrangers()) {
                board = make(model, nowMs);
                board.used(nowMs);
            }
        }
        return board;
    }

    private Board make(String model, long nowMs) {
        makeRoom(1, nowMs);
        var board = new Board(model, endpoint);
        board.seat(keyring, quotas, config);
        boards.put(model, board);
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

    /** Calls have ended, or have gone away: when there are too many boards, those with least to lose are forgotten. */
    void trim(long nowMs) {
        if (boards.size() > most()) {
            makeRoom(0, nowMs);
        }
    }

    private int most() {
        return Quotas.mostModels(keyring.accounts().size());
    }

    private int mostStrangers() {
        return Math.max(MIN_STRANGERS, most() / STRANGERS_ARE_ONE_OF);
    }

    /** Those that can be forgotten. */
    private List<Board> free() {
        var free = new ArrayList<Board>();
        for (var board : boards.values()) {
            if (board.free()) {
                free.add(board);
            }
        }
        return free;
    }

    private static int strangers(List<Board> boards) {
        int strangers = 0;
        for (var board : boards) {
            strangers += board.provider().hasServed() ? 0 : 1;
        }
        return strangers;
    }

    /** Forgets those with least to lose until there is room for so many more. */
    private void makeRoom(int more, long nowMs) {
        var free = free();
        int over = free.size() + more - most();
        int strangersOver = strangers(free) + more - mostStrangers();
        if (over <= 0) {
            free.removeIf(board -> board.provider().hasServed());
        }
        if (over <= 0 && strangersOver <= 0) {
            return;
        }
        var worths = new ArrayList<Worth>(free.size());
        free.forEach(board -> worths.add(Worth.of(board, nowMs)));
        worths.sort(LEAST_FIRST);
        for (var worth : worths) {
            boolean stranger = !worth.board.provider().hasServed();
            if (over > 0 || (stranger && strangersOver > 0)) {
                forget(worth.board);
                over--;
                strangersOver -= stranger ? 1 : 0;
            }
        }
    }

    private void forget(Board board) {
        board.close();
        boards.remove(board.model());
        last = null;
    }
}
