package dev.fairlead.sidecar.telemetry;

import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import dev.fairlead.sidecar.usage.Attempt;
import dev.fairlead.sidecar.usage.CallFacts;
import java.util.List;
import java.util.stream.Stream;

/** Configurations with routes over one pool, and calls made under them. */
final class SampleConfigs {
    private SampleConfigs() {}

    static SidecarConfig withRoutes(String... routes) {
        return new SidecarConfig(
                SidecarConfig.VERSION,
                null,
                null,
                Stream.of(routes)
                        .map(route -> new RouteConfig(
                                "team-a",
                                route,
                                RouteConfig.Audience.OWN,
                                null,
                                null,
                                null,
                                List.of("ChatCompletions", "Embeddings"),
                                List.of(new ModelConfig(
                                        "gpt-*", List.of(new TargetConfig("primary", "ai/openai", null, 0, 1)))),
                                null,
                                null,
                                null))
                        .toList(),
                List.of(new PoolConfig(
                        "ai",
                        "openai",
                        "OpenAI",
                        "https://api.openai.com/v1",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
    }

    /** A streamed chat call, answered at once: 0.9 s, 1,200 tokens in, 345 out. */
    static CallFacts answered(String route) {
        CallFacts facts = new CallFacts();
        facts.route = "team-a/" + route;
        facts.endpoint = "ChatCompletions";
        facts.model = "gpt-4o";
        facts.modelName = "gpt-*";
        facts.provider = "OpenAI";
        facts.pool = "ai/openai";
        facts.stream = true;
        facts.status = 200;
        facts.ttftUs = 180_000;
        facts.durationUs = 900_000;
        facts.overheadUs = 187;
        facts.usage.input(1_200, 0, 0, 0, 0).output(345, 0, 0);
        Attempt attempt = facts.startAttempt();
        attempt.pool = "ai/openai";
        attempt.status = 200;
        return facts;
    }
}
