package dev.fairlead.operator.plan.load;

import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.exchange.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A load in a few numbers.
 *
 * @param model as clients say it
 * @param inputTokens of a call, on average; single calls have between half and twice as many
 * @param outputTokens likewise
 * @param maxTokens that every client sets, 0 for none
 * @param burstiness 0: one call after the other at an even pace; 1: by chance, as many independent users do (Poisson); above:
 *     calls come in groups of so many on average
 * @param firstTokenMs from the provider's yes to the first token
 * @param tokensPerSecond of the provider's answers
 */
public record DescribedLoad(
        String model,
        boolean stream,
        double callsPerMinute,
        long inputTokens,
        long outputTokens,
        long maxTokens,
        double burstiness,
        long durationMs,
        long firstTokenMs,
        double tokensPerSecond) {

    /** The calls; the same for the same seed. */
    public Load load(Workload workload, long seed) {
        var random = new SplittableRandom(seed);
        var calls = new ArrayList<PlannedCall>();
        double meanGap = 60e6 * Math.max(1, burstiness) / callsPerMinute;
        double at = burstiness == 0 ? 0 : gap(meanGap, random);
        while (at < durationMs * 1e3) {
            int group = group(random);
            for (int i = 0; i < group; i++) {
                calls.add(call((long) at, random));
            }
            at += gap(meanGap, random);
        }
        return new Load(calls, List.of(workload), durationMs, false, List.of());
    }

    private double gap(double mean, SplittableRandom random) {
        return burstiness == 0 ? mean : -Math.log(1 - random.nextDouble()) * mean;
    }

    /** Geometric, with {@link #burstiness} as its mean. */
    private int group(SplittableRandom random) {
        int size = 1;
        while (burstiness > 1 && random.nextDouble() >= 1 / burstiness) {
            size++;
        }
        return size;
    }

    private PlannedCall call(long atMicros, SplittableRandom random) {
        long output = around(outputTokens, random);
        long capped = maxTokens > 0 ? Math.min(output, maxTokens) : output;
        return new PlannedCall(
                atMicros,
                0,
                outputTokens == 0 ? Endpoint.EMBEDDINGS : Endpoint.CHAT_COMPLETIONS,
                null,
                model,
                stream && outputTokens > 0,
                Map.of(),
                Math.max(1, around(inputTokens, random)),
                capped,
                maxTokens,
                firstTokenMs,
                firstTokenMs + Math.round(capped * 1_000 / tokensPerSecond));
    }

    /** Between half and twice, the mean kept. */
    private static long around(long mean, SplittableRandom random) {
        double factor = random.nextInt(3) > 0 ? 0.5 + random.nextDouble() * 0.5 : 1 + random.nextDouble();
        return Math.round(mean * factor);
    }
}
