package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.limit.Admission.Standing;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import dev.fairlead.sidecar.usage.CallIds;
import io.netty.util.AsciiString;

/** The headers of ours that an answer carries. */
final class AnswerHeaders {
    static final AsciiString REQUEST_ID = AsciiString.cached("x-fairlead-request-id");
    static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    static final AsciiString JSON = AsciiString.cached("application/json");
    private static final AsciiString ROUTE = AsciiString.cached("x-fairlead-route");
    private static final AsciiString TARGET = AsciiString.cached("x-fairlead-target");
    private static final AsciiString ATTEMPTS = AsciiString.cached("x-fairlead-attempts");
    private static final AsciiString WAIT_MS = AsciiString.cached("x-fairlead-wait-ms");
    private static final AsciiString LIMIT_REQUESTS = AsciiString.cached("x-ratelimit-limit-requests");
    private static final AsciiString REMAINING_REQUESTS = AsciiString.cached("x-ratelimit-remaining-requests");
    private static final AsciiString RESET_REQUESTS = AsciiString.cached("x-ratelimit-reset-requests");
    private static final AsciiString LIMIT_TOKENS = AsciiString.cached("x-ratelimit-limit-tokens");
    private static final AsciiString REMAINING_TOKENS = AsciiString.cached("x-ratelimit-remaining-tokens");
    private static final AsciiString RESET_TOKENS = AsciiString.cached("x-ratelimit-reset-tokens");

    private AnswerHeaders() {}

    static String id(Exchange exchange) {
        return CallIds.text(exchange.facts.id);
    }

    /** Whoever stands between passes each event on at once. */
    static ResponseHead unbuffered(ResponseHead head) {
        return head.add("cache-control", "no-cache").add("x-accel-buffering", "no");
    }

    /** Who this call was, where it went and how it stands with the limits. */
    static void addTo(ResponseHead head, Exchange exchange) {
        var facts = exchange.facts;
        addWho(head, exchange);
        if (facts.target != null) {
            head.add(TARGET, facts.target);
        }
        var trail = AttemptTrail.of(facts);
        if (trail != null) {
            head.add(ATTEMPTS, trail);
        }
        if (facts.waitUs >= 1_000) {
            head.add(WAIT_MS, Long.toString(facts.waitUs / 1_000));
        }
        addLimits(head, exchange);
    }

    /** The same as long as it is open who will answer. */
    static void addUndecided(ResponseHead head, Exchange exchange) {
        addWho(head, exchange);
        addLimits(head, exchange);
    }

    private static void addWho(ResponseHead head, Exchange exchange) {
        head.add(REQUEST_ID, id(exchange));
        if (exchange.facts.route != null) {
            head.add(ROUTE, exchange.facts.route);
        }
    }

    private static void addLimits(ResponseHead head, Exchange exchange) {
        var requests = exchange.reserved.admission().requests();
        if (requests != null) {
            addStanding(head, requests, LIMIT_REQUESTS, REMAINING_REQUESTS, RESET_REQUESTS);
        }
        var tokens = exchange.reserved.admission().tokens();
        if (tokens != null) {
            addStanding(head, tokens, LIMIT_TOKENS, REMAINING_TOKENS, RESET_TOKENS);
        }
        var pool = exchange.reserved.poolStanding();
        addReading(head, requests(pool), LIMIT_REQUESTS, REMAINING_REQUESTS, RESET_REQUESTS);
        addReading(head, tokens(pool), LIMIT_TOKENS, REMAINING_TOKENS, RESET_TOKENS);
    }

    private static Reading requests(LimitSnapshot pool) {
        return pool.requests().known() ? pool.requests() : pool.requestsPerDay();
    }

    private static Reading tokens(LimitSnapshot pool) {
        return pool.tokens().known() ? pool.tokens() : pool.inputTokens().plus(pool.outputTokens());
    }

    private static void addReading(
            ResponseHead head, Reading reading, AsciiString limit, AsciiString remaining, AsciiString reset) {
        if (reading.known()) {
            head.add(limit, Long.toString(reading.limit()));
            head.add(remaining, Long.toString(reading.remaining()));
            head.add(reset, reading.resetMs() + "ms");
        }
    }

    private static void addStanding(
            ResponseHead head, Standing standing, AsciiString limit, AsciiString remaining, AsciiString reset) {
        head.add(limit, Long.toString(standing.limit()));
        head.add(remaining, Long.toString(standing.remaining()));
        head.add(reset, standing.resetMs() + "ms");
    }
}
