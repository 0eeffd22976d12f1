package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.usage.CallFacts;

/** What we tell people, in one place. */
final class Sentences {
    static final String BAD_TIMEOUT =
            "The header x-fairlead-timeout-ms must be a whole number of milliseconds above 0.";
    static final String BAD_PRIORITY = "The header x-fairlead-priority must be Interactive, Normal or Batch.";
    private static final int LONGEST_NAME = 80;

    private Sentences() {}

    static String modelNotFound(String model) {
        return "The model '" + shortened(model)
                + "' does not exist or is not open to this workload. GET /v1/models lists what is.";
    }

    static String expired(RouteConfig route) {
        return "The approval of Subscription '" + route.subscription() + "' for route '" + route.id()
                + "' has expired.";
    }

    static String endpointNotOffered(RouteConfig route, Endpoint endpoint) {
        return "Route '" + route.id() + "' does not offer " + endpoint.wireName() + "; it offers "
                + String.join(", ", route.endpoints()) + ".";
    }

    static String endpointNotSpoken(CallFacts facts, Endpoint endpoint) {
        return "No target of model '" + facts.modelName + "' on route '" + facts.route + "' has a provider that offers "
                + endpoint.wireName() + ".";
    }

    /** Client input in a message of ours: no longer than a line. */
    static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    }
}
