package dev.fairlead.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CellsTest {
    @Test
    void aCellNobodyReachedIsZero() {
        Cells cells = new Cells();
        assertThat(cells.get(0)).isZero();
        assertThat(cells.get(1_000_000)).isZero();
    }

    @Test
    void growingKeepsWhatWasCounted() {
        Cells cells = new Cells();
        for (int i = 0; i < 5_000; i++) {
            cells.add(i, i);
        }
        cells.add(100_000, 7);
        for (int i = 0; i < 5_000; i++) {
            assertThat(cells.get(i)).isEqualTo(i);
        }
        assertThat(cells.get(100_000)).isEqualTo(7);
    }

    @Test
    void aHistogramKeepsBucketsAndSum() {
        Cells cells = new Cells();
        cells.observe(100, Buckets.TOKENS, 1);
        cells.observe(100, Buckets.TOKENS, 3);
        cells.observe(100, Buckets.TOKENS, 4);
        cells.observe(100, Buckets.TOKENS, 1_000_000_000_000L);

        assertThat(cells.get(100)).isEqualTo(1);
        assertThat(cells.get(101)).isEqualTo(2);
        assertThat(cells.get(100 + Buckets.TOKENS.count() - 1)).isEqualTo(1);
        assertThat(cells.get(100 + Buckets.TOKENS.count())).isEqualTo(1_000_000_000_008L);
        assertThat(cells.get(100 + Buckets.TOKENS.cells()))
                .as("the next series is untouched")
                .isZero();
    }

    @Test
    @Timeout(60)
    void aReaderNeverSeesANumberGoBackwardsWhileTheLoopCountsAndGrows() throws InterruptedException {
        Cells cells = new Cells();
        int rounds = 200_000;
        Thread loop = new Thread(() -> {
            for (int i = 1; i <= rounds; i++) {
                cells.add(3, 1);
                cells.add(i / 50, 1);
            }
        });
        loop.start();
        long last = 0;
        while (loop.isAlive()) {
            long now = cells.get(3);
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
        loop.join();
        assertThat(cells.get(3)).isEqualTo(rounds + 50);
    }
}
