package dev.fairlead.operator.simulate.books;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.operator.simulate.account.Account;
import dev.fairlead.operator.simulate.account.Consumer;
import dev.fairlead.operator.simulate.account.RejectionCause;
import dev.fairlead.operator.simulate.account.SlidingMinute;
import java.util.Map;
import java.util.TreeMap;

/** The books of one account. */
public final class AccountBook {

    private final Counts counts = new Counts();
    private final Map<String, Counts> keys = new TreeMap<>();
    private final Tally endpoints = new Tally();
    private final Tally statuses = new Tally();
    private final SlidingMinute minute = new SlidingMinute();
    private long chargedTokens;
    private long inFlight;
    private long maxInFlight;

    /** A call of this account has arrived. */
    public void arrived(CallEntry call) {
        counts.requests++;
        keyOf(call).requests++;
        endpoints.add(call.endpoint().label());
    }

    /** The account let it in and charged it. */
    public void admitted(CallEntry call, long tokens, long now) {
        call.charged(tokens);
        counts.admitted++;
        keyOf(call).admitted++;
        chargedTokens += tokens;
        minute.add(tokens, now);
        maxInFlight = Math.max(maxInFlight, ++inFlight);
    }

    /** The account turned it away. */
    public void rejected(CallEntry call, RejectionCause cause) {
        call.rejectedBy(cause);
        counts.rejected.add(cause);
        keyOf(call).rejected.add(cause);
    }

    /** Tokens that were read and written for it, as usage says. */
    public void used(CallEntry call, long input, long output) {
        call.used(input, output);
        counts.tokensIn += input;
        counts.tokensOut += output;
        Counts key = keyOf(call);
        key.tokensIn += input;
        key.tokensOut += output;
    }

    /** An admitted call holds nothing any more. */
    public void released() {
        inFlight--;
    }

    /** The call is over. */
    public void ended(CallEntry call, Outcome outcome, long now) {
        call.ended(outcome, now);
        counts.outcomes.add(outcome);
        keyOf(call).outcomes.add(outcome);
        if (call.status() != 0) {
            statuses.add(Integer.toString(call.status()));
        }
    }

    private Counts keyOf(CallEntry call) {
        return keys.computeIfAbsent(call.key(), unused -> new Counts());
    }

    void writeTo(ObjectNode node, Account account) {
        counts.writeTo(node);
        node.put("tokensCharged", chargedTokens).put("inFlight", inFlight).put("maxInFlight", maxInFlight);
        node.putObject("maxInMinute").put("requests", minute.maxRequests()).put("tokens", minute.maxTokens());
        endpoints.writeTo(node.putObject("endpoints"));
        statuses.writeTo(node.putObject("statuses"));
        ObjectNode byKey = node.putObject("keys");
        keys.forEach((name, key) -> key.writeTo(byKey.putObject(name)));
        ArrayNode others = node.putArray("consumers");
        for (Consumer consumer : account.consumers()) {
            others.addObject()
                    .put("requests", consumer.sent())
                    .put("admitted", consumer.admitted())
                    .put("rejected", consumer.sent() - consumer.admitted())
                    .put("tokensCharged", consumer.admittedTokens());
        }
    }

    /** What is counted for an account and again for each of its keys. */
    private static final class Counts {
        private final EnumTally<RejectionCause> rejected = new EnumTally<>(RejectionCause.class);
        private final EnumTally<Outcome> outcomes = new EnumTally<>(Outcome.class);
        private long requests;
        private long admitted;
        private long tokensIn;
        private long tokensOut;

        void writeTo(ObjectNode node) {
            node.put("requests", requests).put("admitted", admitted);
            rejected.writeTo(node.putObject("rejected"));
            outcomes.writeTo(node);
            node.put("tokensIn", tokensIn).put("tokensOut", tokensOut);
        }
    }
}
