package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.account.Account;
import dev.fairlead.operator.simulate.account.Admission;
import dev.fairlead.operator.simulate.account.Caller;
import dev.fairlead.operator.simulate.books.CallEntry;
import dev.fairlead.operator.simulate.books.Outcome;
import dev.fairlead.operator.simulate.dialect.Demand;
import dev.fairlead.operator.simulate.dialect.Dialect;
import dev.fairlead.operator.simulate.dialect.Inbound;
import dev.fairlead.operator.simulate.dialect.Refusal;
import dev.fairlead.operator.simulate.fault.Fault;
import dev.fairlead.operator.simulate.fault.Target;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call from its head to its answer, in a straight line: credential, body, fault at the door, admission, fault inside,
 * answer.
 */
final class CallHandler {

    private final Vertx vertx;
    private final Provider provider;
    private final Dialect dialect;
    private final Answerer answerer;
    private final FaultPlayer faultPlayer;

    CallHandler(Vertx vertx, Provider provider, Dialect dialect) {
        this.vertx = vertx;
        this.provider = provider;
        this.dialect = dialect;
        this.answerer = new Answerer(new Pace(provider.profile().seed()));
        this.faultPlayer = new FaultPlayer(dialect, answerer);
    }

    void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(vertx, provider, dialect, request, entryOf(request));
        String key = dialect.credential(request::getHeader);
        Optional<Caller> caller =
                key == null ? Optional.empty() : provider.accounts().of(key);
        caller.ifPresent(exchange::calledBy);
        BodyReader.read(request, provider.profile().maxRequestBytes(), new BodyReader.Result() {
            @Override
            public void whole(byte[] body) {
                exchange.arrived();
                if (caller.isPresent()) {
                    serve(exchange, new Inbound(request.method().name(), request.path(), caller.get()), body, key);
                } else {
                    exchange.send(
                            dialect.refusal(key == null ? new Refusal.NoKey() : new Refusal.WrongKey(key)),
                            Outcome.refused);
                }
            }

            @Override
            public void tooLarge(long limit, long read) {
                exchange.send(dialect.refusal(new Refusal.BodyTooLarge(limit, read)), Outcome.refused);
            }
        });
    }

    private CallEntry entryOf(HttpServerRequest request) {
        List<String> names = new ArrayList<>(request.headers().size());
        for (Map.Entry<String, String> header : request.headers()) {
            names.add(header.getKey().toLowerCase(Locale.ROOT));
        }
        return provider.books()
                .open(
                        provider.now(),
                        request.method().name(),
                        request.path(),
                        dialect.endpointOf(request.path()),
                        names,
                        request.getHeader("authorization") != null);
    }

    private void serve(Exchange exchange, Inbound call, byte[] body, String key) {
        Demand demand = dialect.read(call, body);
        exchange.entry().read(body.length, demand.model(), demand.stream());
        Optional<Fault> fault = provider.faults()
                .strike(new Target(
                        dialect.endpointOf(call.path()),
                        call.caller().account().name(),
                        call.caller().keyName(),
                        demand.model(),
                        demand.stream() && demand instanceof Demand.Metered));
        if (fault.isPresent() && fault.get().kind().isBeforeAdmission()) {
            faultPlayer.strike(fault.get(), exchange, demand, key);
        } else if (admits(exchange, demand)) {
            fault.ifPresentOrElse(
                    found -> faultPlayer.strike(found, exchange, demand, key), () -> answerer.finish(exchange, demand));
        }
    }

    /** Asks the account, where the call is one that it is asked about, and refuses in its name. */
    private boolean admits(Exchange exchange, Demand demand) {
        long tokens;
        if (demand instanceof Demand.Metered metered) {
            tokens = metered.chargedTokens();
        } else if (demand instanceof Demand.Invalid invalid) {
            tokens = invalid.chargedTokens();
        } else {
            return true;
        }
        Account account = exchange.account();
        long now = provider.now();
        Admission admission = account.admit(demand.model(), tokens, now);
        if (!(admission instanceof Admission.QuotaExhausted)) {
            exchange.limits(dialect.limitHeaders(account.headroom(demand.model(), now)));
        }
        if (admission instanceof Admission.Refused refused) {
            exchange.rejected(refused.cause());
            exchange.send(
                    dialect.refusal(new Refusal.NotAdmitted(refused, demand.model(), account.organization())),
                    Outcome.refused);
            return false;
        }
        exchange.admitted(tokens);
        return true;
    }
}
