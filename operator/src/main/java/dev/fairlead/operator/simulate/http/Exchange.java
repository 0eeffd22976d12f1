package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.account.Account;
import dev.fairlead.operator.simulate.account.Caller;
import dev.fairlead.operator.simulate.account.RejectionCause;
import dev.fairlead.operator.simulate.books.AccountBook;
import dev.fairlead.operator.simulate.books.Books;
import dev.fairlead.operator.simulate.books.CallEntry;
import dev.fairlead.operator.simulate.books.Outcome;
import dev.fairlead.operator.simulate.dialect.Dialect;
import dev.fairlead.operator.simulate.dialect.Reply;
import dev.fairlead.operator.simulate.profile.LatencyProfile;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * One call on its connection, from its head to its end. It ends exactly once: answered, refused, faulted, or aborted by
 * the caller; then its timer is gone, its account released and its entry in the books complete.
 */
final class Exchange {

    private final Vertx vertx;
    private final Provider provider;
    private final Dialect dialect;
    private final HttpServerRequest request;
    private final CallEntry entry;
    private final Books books;
    private Account account;
    private AccountBook book;
    private boolean admitted;
    private boolean over;
    private long arrivedAt;
    private long timer = -1;
    private List<Reply.Header> limits = List.of();

    Exchange(Vertx vertx, Provider provider, Dialect dialect, HttpServerRequest request, CallEntry entry) {
        this.vertx = vertx;
        this.provider = provider;
        this.dialect = dialect;
        this.request = request;
        this.entry = entry;
        this.books = provider.books();
        this.arrivedAt = provider.now();
        request.response().closeHandler(unused -> end(Outcome.aborted));
    }

    /** The credential was good. */
    void calledBy(Caller caller) {
        account = caller.account();
        book = books.of(account);
        entry.caller(account.name(), caller.keyName());
        book.arrived(entry);
    }

    /** The body is complete. */
    void arrived() {
        arrivedAt = provider.now();
    }

    /** The account let it in; it is released when the call ends. */
    void admitted(long chargedTokens) {
        admitted = true;
        book.admitted(entry, chargedTokens, provider.now());
    }

    /** The account turned it away. */
    void rejected(RejectionCause cause) {
        book.rejected(entry, cause);
    }

    /** Limit headers for whatever is sent. */
    void limits(List<Reply.Header> headers) {
        limits = headers;
    }

    /** Tokens were read or written. */
    void used(long input, long output) {
        book.used(entry, input, output);
        account.spend(input + output);
    }

    /** Does something later, unless the call is over by then. */
    void later(long millis, Runnable action) {
        if (over) {
            return;
        }
        if (millis <= 0) {
            action.run();
            return;
        }
        timer = vertx.setTimer(millis, unused -> {
            timer = -1;
            action.run();
        });
    }

    /** Sends a whole response and ends the call. */
    void send(Reply reply, Outcome outcome) {
        if (over) {
            return;
        }
        head(reply.status(), reply.contentType(), reply.headers());
        response().end(Buffer.buffer(reply.body()));
        end(outcome);
    }

    /** Writes the response head of a stream. */
    void openStream() {
        head(200, dialect.streamType(), List.of());
        response().setChunked(true);
    }

    /** Prepares a response head, which goes out with the first byte of the body. */
    void head(int status, String contentType, List<Reply.Header> more) {
        long processing = (provider.now() - arrivedAt) / 1000;
        MultiMap headers = response().setStatusCode(status).headers();
        headers.set("content-type", contentType);
        headers.set("date", provider.date());
        List<Reply.Header> common = dialect.commonHeaders(account, processing);
        common.forEach(header -> headers.set(header.name(), header.value()));
        limits.forEach(header -> headers.set(header.name(), header.value()));
        more.forEach(header -> headers.set(header.name(), header.value()));
        entry.head(status, headers.get("x-request-id"));
    }

    /** The call is over. What comes after the first time is ignored. */
    void end(Outcome outcome) {
        if (over) {
            return;
        }
        over = true;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        if (admitted) {
            account.release();
            book.released();
        }
        if (book == null) {
            books.strangerEnded(entry, outcome, provider.now());
        } else {
            book.ended(entry, outcome, provider.now());
        }
    }

    boolean isOver() {
        return over;
    }

    HttpServerResponse response() {
        return request.response();
    }

    Wire wire() {
        return new Wire(request.connection());
    }

    CallEntry entry() {
        return entry;
    }

    Account account() {
        return account;
    }

    LatencyProfile latency() {
        return account.latency() == null ? provider.profile().latency() : account.latency();
    }
}
