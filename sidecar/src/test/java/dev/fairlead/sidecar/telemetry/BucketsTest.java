package dev.fairlead.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void generativeAiBoundsAreThoseOfTheSemanticConventions() {
        assertThat(Buckets.OPERATION.exposedBounds())
                .containsExactly(
                        0.01,
                        0.02,
                        0.04,
                        0.08,
                        0.16,
                        0.32,
                        0.64,
                        1.28,
                        2.56,
                        5.12,
                        10.24,
                        20.48,
                        40.96,
                        81.92,
                        Double.POSITIVE_INFINITY);
        assertThat(Buckets.FIRST_TOKEN.exposedBounds())
                .containsExactly(
                        0.001,
                        0.005,
                        0.01,
                        0.02,
                        0.04,
                        0.06,
                        0.08,
                        0.1,
                        0.25,
                        0.5,
                        0.75,
                        1.0,
                        2.5,
                        5.0,
                        7.5,
                        10.0,
                        Double.POSITIVE_INFINITY);
        double[] tokens = Buckets.TOKENS.exposedBounds();
        assertThat(tokens).hasSize(15).startsWith(1, 4, 16).endsWith(67_108_864, Double.POSITIVE_INFINITY);
        for (int i = 1; i < 14; i++) {
            assertThat(tokens[i]).isEqualTo(4 * tokens[i - 1]);
        }
    }

    @Test
    void aValueOnABoundBelongsBelowIt() {
        assertThat(Buckets.OPERATION.indexOf(10_000)).isZero();
        assertThat(Buckets.OPERATION.indexOf(10_001)).isEqualTo(1);
        assertThat(Buckets.OPERATION.indexOf(Long.MAX_VALUE)).isEqualTo(Buckets.OPERATION.count() - 1);
        assertThat(Buckets.WAIT.indexOf(0))
                .as("no wait at all has a bucket of its own")
                .isZero();
        assertThat(Buckets.WAIT.indexOf(1)).isEqualTo(1);
    }

    @Property
    void aValueIsNotAboveItsBucketNorBelowTheOneBefore(@ForAll @LongRange(min = 0, max = 200_000_000) long micros) {
        for (Buckets buckets :
                new Buckets[] {Buckets.OPERATION, Buckets.FIRST_TOKEN, Buckets.WAIT, Buckets.OVERHEAD, Buckets.LAG}) {
            double[] bounds = buckets.exposedBounds();
            int index = buckets.indexOf(micros);
            assertThat(buckets.exposed(micros)).isLessThanOrEqualTo(bounds[index]);
            if (index > 0) {
                assertThat(buckets.exposed(micros)).isGreaterThan(bounds[index - 1]);
            }
        }
    }
}
