package dev.fairlead.operator.simulate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {

    private static final long NOON = 1_800_000_000_000_000L;

    /** Limit, used, requested and wait of messages that OpenAI really sent. */
    @ParameterizedTest
    @CsvSource({
        "10000, 8554, 3082, 9816",
        "30000, 29937, 385, 644",
        "30000, 22343, 10955, 6596",
        "10000, 9348, 5086, 26604",
        "3, 3, 1, 20000"
    })
    void tokenBucketWaitsAsRecordedMessagesSay(long limit, long used, long requested, long waitMillis) {
        TokenBucket bucket = new TokenBucket(limit, Meter.MINUTE, limit);
        bucket.take(used, NOON);
        assertThat(bucket.waitFor(requested, NOON)).isEqualTo(waitMillis * 1000);
    }

    @ParameterizedTest
    @CsvSource({"200, 432", "2000, 43.2", "50, 1728"})
    void dailyTokenBucketWaitsAsRecordedMessagesSay(long limit, double waitSeconds) {
        TokenBucket bucket = new TokenBucket(limit, Meter.DAY, limit);
        bucket.take(limit, NOON);
        assertThat(bucket.waitFor(1, NOON)).isEqualTo((long) (waitSeconds * 1_000_000));
    }

    /** Limit, taken and reset of headers that OpenAI really sent. */
    @ParameterizedTest
    @CsvSource({"3000, 1, 20", "500, 1, 120", "250000, 32, 7", "200000, 779, 233", "5000, 1, 12"})
    void tokenBucketIsFullAgainAsRecordedHeadersSay(long limit, long taken, long resetMillis) {
        TokenBucket bucket = new TokenBucket(limit, Meter.MINUTE, limit);
        bucket.take(taken, NOON);
        assertThat(bucket.fullIn(NOON) / 1000).isEqualTo(resetMillis);
    }

    @Test
    void burstIsWhatAFullTokenBucketHolds() {
        TokenBucket bucket = new TokenBucket(60, Meter.MINUTE, 5);
        for (int i = 0; i < 5; i++) {
            assertThat(bucket.waitFor(1, NOON)).isZero();
            bucket.take(1, NOON);
        }
        assertThat(bucket.waitFor(1, NOON)).isEqualTo(1_000_000);
        assertThat(bucket.remaining(NOON + 3_000_000)).isEqualTo(3);
        assertThat(bucket.remaining(NOON + 60_000_000)).isEqualTo(5);
        assertThat(bucket.waitFor(6, NOON)).isEqualTo(Meter.NEVER);
    }

    @Test
    void aTimeThatGoesBackNeitherGivesNorTakes() {
        TokenBucket bucket = new TokenBucket(60, Meter.MINUTE, 60);
        bucket.take(60, NOON);
        assertThat(bucket.remaining(NOON - 5_000_000)).isZero();
        assertThat(bucket.remaining(NOON + 5_000_000)).isEqualTo(5);
    }

    @Test
    void fixedWindowStartsAgainWithTheMinuteOfTheClock() {
        FixedWindow window = new FixedWindow(2, Meter.MINUTE);
        long late = NOON + 59_000_000;
        window.take(2, late);
        assertThat(window.waitFor(1, late)).isEqualTo(1_000_000);
        assertThat(window.fullIn(late)).isEqualTo(1_000_000);
        assertThat(window.waitFor(2, NOON + 60_000_000)).isZero();
        assertThat(window.waitFor(3, NOON + 60_000_000)).isEqualTo(Meter.NEVER);
    }

    @Test
    void slicesDealTheMinuteOutEvenly() {
        Slices slices = new Slices(600, 1_000_000);
        for (int i = 0; i < 10; i++) {
            assertThat(slices.waitFor(1, NOON + i)).isZero();
            slices.take(1, NOON + i);
        }
        assertThat(slices.waitFor(1, NOON + 400_000)).isEqualTo(600_000);
        assertThat(slices.remaining(NOON + 400_000)).isZero();
        assertThat(slices.remaining(NOON + 1_000_000)).isEqualTo(10);
    }

    @Test
    void slicesOfASmallLimitAreMostlyEmptyButAddUpToIt() {
        Slices slices = new Slices(3, 1_000_000);
        int admitted = 0;
        for (int second = 0; second < 60; second++) {
            long now = NOON + second * 1_000_000L;
            if (slices.waitFor(1, now) == 0) {
                slices.take(1, now);
                admitted++;
            }
        }
        assertThat(admitted).isEqualTo(3);
        assertThat(slices.waitFor(1, NOON + 60_000_000)).isEqualTo(19_000_000);
    }

    @Test
    void takingMoreThanThereIsIsABug() {
        for (Meter meter : new Meter[] {
            new TokenBucket(1, Meter.MINUTE, 1), new FixedWindow(1, Meter.MINUTE), new Slices(60, 1_000_000)
        }) {
            assertThatThrownBy(() -> meter.take(2, NOON)).isInstanceOf(IllegalStateException.class);
        }
    }
}
