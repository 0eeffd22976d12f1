package dev.fairlead.operator.plan.load;

import dev.fairlead.sidecar.exchange.Endpoint;
import java.util.Map;

/**
 * One call as it will be made and as the provider will answer it.
 *
 * @param atMicros when, microseconds since the plan's beginning
 * @param workload whose, from 0
 * @param route {@code namespace/name} that the client insists on, {@code null} for whichever has the model
 * @param model as the client says it
 * @param headers what the client says beside its body, names in lower case
 * @param inputTokens what the provider counts
 * @param outputTokens likewise
 * @param maxTokens what the client sets as maximum, 0 for nothing
 * @param firstMs from the provider's yes to the first content of a stream
 * @param servedMs from the provider's yes to the end of the answer
 */
public record PlannedCall(
        long atMicros,
        int workload,
        Endpoint endpoint,
        String route,
        String model,
        boolean stream,
        Map<String, String> headers,
        long inputTokens,
        long outputTokens,
        long maxTokens,
        long firstMs,
        long servedMs) {
    public PlannedCall {
        headers = Map.copyOf(headers);
    }

    /** The same at another time. */
    public PlannedCall at(long micros) {
        return new PlannedCall(
                micros,
                workload,
                endpoint,
                route,
                model,
                stream,
                headers,
                inputTokens,
                outputTokens,
                maxTokens,
                firstMs,
                servedMs);
    }
}
