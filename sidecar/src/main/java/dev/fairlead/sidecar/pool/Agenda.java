package dev.fairlead.sidecar.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The boards at which somebody waits, by the time at which time alone may change something there. */
final class Agenda {
    private final TreeSet<Board> boards =
            new TreeSet<>(Comparator.<Board>comparingLong(board -> board.lookAt).thenComparing(Board::model));

    /** Looks at it then, or not at all when nobody waits there. */
    void look(Board board, long atMs) {
        boolean waits = board.waiting() > 0;
        if (waits && board.onAgenda && board.lookAt == atMs) {
            return;
        }
        if (board.onAgenda) {
            boards.remove(board);
        }
        board.lookAt = atMs;
        board.onAgenda = waits;
        if (waits) {
            boards.add(board);
        }
    }

    long next() {
        return boards.isEmpty() ? Long.MAX_VALUE : boards.first().lookAt;
    }

    /** Those whose time has come. */
    Iterable<Board> due(long nowMs) {
        return next() > nowMs
                ? List.of()
                : boards.stream().takeWhile(board -> board.lookAt <= nowMs).toList();
    }

    List<Board> all() {
        return new ArrayList<>(boards);
    }
}
