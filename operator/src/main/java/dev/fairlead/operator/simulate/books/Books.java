package dev.fairlead.operator.simulate.books;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.operator.simulate.account.Account;
import dev.fairlead.operator.simulate.account.Accounts;
import dev.fairlead.operator.simulate.dialect.Endpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** All books of one simulated provider since its start or its last reset. */
public final class Books {

    private final int logSize;
    private final long since;
    private final Map<String, AccountBook> accounts = new HashMap<>();
    private final Tally strangerStatuses = new Tally();
    private final ArrayDeque<CallEntry> log = new ArrayDeque<>();
    private long strangers;
    private long calls;

    /**
     * @param logSize calls remembered one by one
     * @param now microseconds since 1970
     */
    public Books(int logSize, long now) {
        this.logSize = logSize;
        this.since = now;
    }

    /** Opens the entry of a call whose head has arrived. */
    public CallEntry open(
            long now, String method, String path, Endpoint endpoint, List<String> headers, boolean authorization) {
        CallEntry call = new CallEntry(++calls, now, method, path, endpoint, headers, authorization);
        if (logSize > 0) {
            if (log.size() == logSize) {
                log.removeFirst();
            }
            log.addLast(call);
        }
        return call;
    }

    /** The book of an account. */
    public AccountBook of(Account account) {
        return accounts.computeIfAbsent(account.name(), unused -> new AccountBook());
    }

    /** A call without a good credential has ended. */
    public void strangerEnded(CallEntry call, Outcome outcome, long now) {
        call.ended(outcome, now);
        strangers++;
        if (call.status() != 0) {
            strangerStatuses.add(Integer.toString(call.status()));
        }
    }

    /**
     * Writes everything.
     *
     * @param tail most entries of the log to write
     */
    public void writeTo(ObjectNode node, Accounts all, int tail, long now) {
        node.put("since", time(since)).put("now", time(now)).put("requests", calls);
        ObjectNode byAccount = node.putObject("accounts");
        for (Account account : all.all()) {
            of(account).writeTo(byAccount.putObject(account.name()), account);
        }
        ObjectNode unknown = node.putObject("unknownCallers").put("requests", strangers);
        strangerStatuses.writeTo(unknown.putObject("statuses"));
        node.set("log", tail(tail));
    }

    private ArrayNode tail(int length) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        Iterator<CallEntry> all = log.iterator();
        for (int skip = log.size() - length; skip > 0; skip--) {
            all.next();
        }
        all.forEachRemaining(call -> call.writeTo(entries.addObject()));
        return entries;
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
