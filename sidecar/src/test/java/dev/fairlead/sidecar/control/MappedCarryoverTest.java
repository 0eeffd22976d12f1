package dev.fairlead.sidecar.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.pool.quota.Carryover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedCarryoverTest {
    @TempDir
    private Path folder;

    /** A process that starts; the one before was killed, or never was. */
    private Carryover start() {
        return MappedCarryover.in(folder);
    }

    @Test
    void aProcessThatFollowsKnowsWhatWasStoredLast() {
        var first = start();
        var line = first.line("ns/pool", "a/*/requestsPerMinute");
        first.line("ns/pool", "a/*/tokensPerMinute").write(1_000, 0);
        assertThat(line.share()).isZero();
        line.write(40, 7);
        line.write(40, 8);

        var next = start();
        var kept = next.line("ns/pool", "a/*/requestsPerMinute");
        assertThat(kept.share()).isEqualTo(40);
        assertThat(kept.used()).isEqualTo(8);
        assertThat(next.line("ns/pool", "a/*/tokensPerMinute").share()).isEqualTo(1_000);
        assertThat(next.line("ns/other", "a/*/tokensPerMinute").share()).isZero();
        assertThat(start().line("ns/pool", "a/*/requestsPerMinute").share())
                .as("it dies before it has done anything")
                .isEqualTo(40);
    }

    @Test
    void aLineIsHandedOverOnceAndOnlyAtTheBeginning() {
        var first = start();
        first.line("ns/pool", "asked twice").write(40, 8);
        first.line("ns/pool", "asked late").write(40, 8);

        var next = start();
        var early = next.line("ns/pool", "asked twice");
        var later = next.line("ns/pool", "asked twice");
        assertThat(later.share()).isZero();
        later.write(5, 5);
        early.write(99, 99);
        early.close();
        next.begun();
        assertThat(next.line("ns/pool", "asked late").share()).isZero();
        assertThat(start().line("ns/pool", "asked twice").share())
                .as("who came before has nothing to say")
                .isEqualTo(5);
    }

    @Test
    void ofALimitThatIsGoneNothingIsLeft() {
        var line = start().line("ns/pool", "gone");
        line.write(40, 8);
        line.close();
        line.write(41, 9);
        assertThat(start().line("ns/pool", "gone").share()).isZero();
    }

    @Test
    void placesAreUsedAgainAndWhatHasNoneIsNotKept() {
        var first = start();
        for (int i = 0; i < 2 * MappedCarryover.LINES; i++) {
            first.line("ns/pool", "passing").close();
        }
        for (int i = 0; i < MappedCarryover.LINES; i++) {
            first.line("ns/pool", "key " + i).write(1, 0);
        }
        first.line("ns/pool", "one too many").write(1, 0);
        var next = start();
        assertThat(next.line("ns/pool", "one too many").share()).isZero();
        assertThat(next.line("ns/pool", "key 4095").share()).isEqualTo(1);
        next.begun();
        next.line("ns/pool", "one too many").write(1, 0);
        assertThat(start().line("ns/pool", "one too many").share()).isEqualTo(1);
    }

    @Test
    void theFileIsForThisUserOnlyAndADamagedOneIsMadeAnew() throws IOException {
        start().line("ns/pool", "a").write(40, 8);
        var file = folder.resolve(MappedCarryover.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).hasSize(8 + 4_096 * 24);
        Files.write(file, new byte[(int) Files.size(file)]);
        assertThat(start().line("ns/pool", "a").share()).isZero();
        Files.writeString(file, "short");
        start().line("ns/pool", "a").write(3, 1);
        assertThat(start().line("ns/pool", "a").used()).isEqualTo(1);
    }

    @Test
    void whereNothingCanBeKeptNothingIs() {
        folder = folder.resolve("gone");
        var line = start().line("ns/pool", "a");
        line.write(40, 8);
        line.close();
        assertThat(line.share()).isZero();
    }
}
