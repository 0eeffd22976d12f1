package dev.fairlead.operator.cli;

import dev.fairlead.operator.plan.load.DescribedLoad;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A load in words. */
final class LoadOptions {
    /** More than any run in a reasonable time, and few enough to hold in memory. */
    private static final double MOST_CALLS = 5_000_000;

    @Option(names = "--calls-per-minute", paramLabel = "N", description = "Calls of a load that was not recorded.")
    private Double callsPerMinute;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "What they ask for (default: the first model of DIR with a name of its own).")
    private String model;

    @Option(
            names = "--input-tokens",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Of a call, on average (default: ${DEFAULT-VALUE}).")
    private long inputTokens;

    @Option(
            names = "--output-tokens",
            paramLabel = "N",
            defaultValue = "300",
            description = "Of a call, on average; 0 for embeddings (default: ${DEFAULT-VALUE}).")
    private long outputTokens;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "0",
            description = "What clients set as max_tokens; some providers charge it (default: none).")
    private long maxTokens;

    @Option(
            names = "--burstiness",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "0: an even pace; 1: many independent users; N: groups of N at once (default: ${DEFAULT-VALUE}).")
    private double burstiness;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30m",
            converter = DurationConverter.class,
            description = "How long calls are made (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--first-token",
            paramLabel = "TIME",
            defaultValue = "500ms",
            converter = DurationConverter.class,
            description = "How long the provider takes to the first token (default: ${DEFAULT-VALUE}).")
    private Duration firstToken;

    @Option(
            names = "--tokens-per-second",
            paramLabel = "N",
            defaultValue = "60",
            description = "How fast its answers are (default: ${DEFAULT-VALUE}).")
    private double tokensPerSecond;

    @Option(names = "--no-stream", description = "Clients wait for whole answers.")
    private boolean whole;

    boolean given() {
        return callsPerMinute != null;
    }

    void check(CommandLine line) {
        if (!given()) {
            return;
        }
        require(line, callsPerMinute > 0 && callsPerMinute <= 1e6, "--calls-per-minute", callsPerMinute, "1000000");
        require(line, inputTokens > 0 && inputTokens <= 10_000_000, "--input-tokens", inputTokens, "10000000");
        require(line, outputTokens >= 0 && outputTokens <= 1_000_000, "--output-tokens", outputTokens, "1000000");
        require(line, maxTokens >= 0 && maxTokens <= 10_000_000, "--max-tokens", maxTokens, "10000000");
        require(line, burstiness >= 0 && burstiness <= 10_000, "--burstiness", burstiness, "10000");
        require(line, tokensPerSecond > 0 && tokensPerSecond <= 1e6, "--tokens-per-second", tokensPerSecond, "1000000");
        double calls = callsPerMinute * duration.toMillis() / 60_000;
        if (calls > MOST_CALLS) {
            throw new ParameterException(
                    line,
                    "--duration " + duration.toMinutes()
                            + "m makes %.0f calls: at most %.0f are planned".formatted(calls, MOST_CALLS));
        }
    }

    private static void require(CommandLine line, boolean good, String option, Number got, String most) {
        if (!good) {
            throw new ParameterException(line, option + " is " + got + ": expected a number up to " + most);
        }
    }

    DescribedLoad load(String anyModel, double scale) {
        return new DescribedLoad(
                model == null ? anyModel : model,
                !whole,
                callsPerMinute * scale,
                inputTokens,
                outputTokens,
                maxTokens,
                burstiness,
                duration.toMillis(),
                firstToken.toMillis(),
                tokensPerSecond);
    }
}
