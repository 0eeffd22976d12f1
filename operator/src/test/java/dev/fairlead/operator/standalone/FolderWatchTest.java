package dev.fairlead.operator.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class FolderWatchTest {
    private static final FolderSignature A = FolderSignature.of(List.of(Path.of("/nowhere/a")));
    private static final FolderSignature B = FolderSignature.of(List.of(Path.of("/nowhere/b")));
    private static final FolderSignature C = FolderSignature.of(List.of(Path.of("/nowhere/c")));

    @Test
    void nothingChangesWhileNothingChanges() {
        assertThat(changes(A, A, A, A)).containsExactly(false, false, false);
    }

    @Test
    void aChangeCountsOnceItHasSettled() {
        assertThat(changes(A, B, B, B)).containsExactly(false, true, false);
    }

    @Test
    void whatIsStillMovingIsNotRead() {
        assertThat(changes(A, B, C, B, C, C)).containsExactly(false, false, false, false, true);
    }

    @Test
    void aChangeThatIsTakenBackWasNone() {
        assertThat(changes(A, B, A, A, A)).containsExactly(false, false, false, false);
    }

    /** The first signature is what has been read at the start. */
    private static List<Boolean> changes(FolderSignature... seen) {
        Queue<FolderSignature> looks = new ArrayDeque<>(Arrays.asList(seen));
        var watch = new FolderWatch(looks::remove);
        return Arrays.stream(seen).skip(1).map(look -> watch.changed()).toList();
    }
}
