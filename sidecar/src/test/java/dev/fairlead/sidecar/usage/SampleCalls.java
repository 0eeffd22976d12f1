package dev.fairlead.sidecar.usage;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import dev.fairlead.sidecar.config.WorkloadConfig;
import java.util.List;

/** A configuration and calls made under it. */
final class SampleCalls {
    static final SidecarConfig CONFIG = config("chat", "acct-a-1", "acct-b-1");

    private SampleCalls() {}

    static SidecarConfig config(String route, String... keys) {
        List<KeyConfig> keyConfigs = List.of(keys).stream()
                .map(key -> new KeyConfig(key, "group-of-" + key, 1, "0123456789ab", "secret"))
                .toList();
        return new SidecarConfig(
                SidecarConfig.VERSION,
                new WorkloadConfig("team-a", "Deployment/shop", "shop", "retail"),
                null,
                List.of(new RouteConfig(
                        "team-a",
                        route,
                        RouteConfig.Audience.SUBSCRIBED,
                        null,
                        null,
                        "team-a/shop-chat",
                        List.of("ChatCompletions"),
                        List.of(new ModelConfig(
                                "gpt-4o", List.of(new TargetConfig("primary", "ai/openai", "gpt-4o-2024", 0, 1)))),
                        null,
                        null,
                        null)),
                List.of(new PoolConfig(
                        "ai",
                        "openai",
                        "OpenAI",
                        "https://api.openai.com/v1",
                        null,
                        keyConfigs,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
    }

    /** A chat call that was rate limited at one key and answered at the other. */
    static CallFacts failedOver() {
        CallFacts facts = new CallFacts();
        facts.startedAtMs = 1_790_000_000_123L;
        facts.id = 0x00ab_cdef_0123_4567L;
        facts.traceIdHigh = 0x4bf9_2f35_77b3_4da6L;
        facts.traceIdLow = 0xa3ce_929d_0e0e_4736L;
        facts.route = "team-a/chat";
        facts.endpoint = "ChatCompletions";
        facts.dialect = "openai";
        facts.model = "gpt-4o";
        facts.modelName = "gpt-4o";
        facts.stream = true;
        facts.maxTokens = 2_000;
        facts.priority = "Batch";
        facts.timeoutMs = 45_000;
        facts.affinity = 0x0123_4567_89ab_cdefL;
        facts.target = "primary";
        facts.pool = "ai/openai";
        facts.key = "acct-b-1";
        facts.quotaGroup = "group-of-acct-b-1";
        facts.provider = "OpenAI";
        facts.upstreamModel = "gpt-4o-2024";
        facts.subscription = "team-a/shop-chat";
        facts.status = 200;
        facts.waitUs = 250;
        facts.ttftUs = 180_250;
        facts.durationUs = 912_000;
        facts.overheadUs = 187;
        facts.finishReason = "stop";
        Attempt limited = facts.startAttempt();
        limited.target = "primary";
        limited.pool = "ai/openai";
        limited.key = "acct-a-1";
        limited.status = 429;
        limited.failureClass = "rate_limit";
        limited.durationUs = 12_500;
        Attempt answered = facts.startAttempt();
        answered.target = "primary";
        answered.pool = "ai/openai";
        answered.key = "acct-b-1";
        answered.status = 200;
        answered.waitUs = 250;
        answered.durationUs = 899_000;
        answered.usage.input(1_200, 1_024, 0, 0, 0).output(345, 12, 0);
        return facts;
    }

    /** Every field of a call that goes into its record as text, to compare two of them. */
    static String describe(CallFacts facts) {
        StringBuilder text = new StringBuilder();
        text.append(facts.startedAtMs)
                .append(' ')
                .append(CallIds.text(facts.id))
                .append(' ');
        text.append(CallIds.text(facts.traceIdHigh)).append(CallIds.text(facts.traceIdLow));
        for (Object field : new Object[] {
            facts.route,
            facts.endpoint,
            facts.dialect,
            facts.model,
            facts.stream,
            facts.maxTokens,
            facts.priority,
            facts.timeoutMs,
            facts.affinity,
            facts.target,
            facts.pool,
            facts.key,
            facts.quotaGroup,
            facts.provider,
            facts.upstreamModel,
            facts.subscription,
            facts.status,
            facts.outcome,
            facts.error,
            facts.waitUs,
            facts.ttftUs,
            facts.durationUs,
            facts.overheadUs,
            facts.usage,
            facts.finishReason
        }) {
            text.append('|').append(field);
        }
        for (int i = 0; i < facts.attemptCount(); i++) {
            Attempt attempt = facts.attempt(i);
            text.append("\n  ")
                    .append(attempt.target)
                    .append('|')
                    .append(attempt.pool)
                    .append('|')
                    .append(attempt.key)
                    .append('|')
                    .append(attempt.status)
                    .append('|')
                    .append(attempt.failureClass)
                    .append('|')
                    .append(attempt.waitUs)
                    .append('|')
                    .append(attempt.durationUs)
                    .append('|')
                    .append(attempt.usage);
        }
        return text.toString();
    }
}
