package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.openai.RequestFacts;
import dev.fairlead.sidecar.dialect.openai.ScanOutcome;
import dev.fairlead.sidecar.pool.Urgency;
import dev.fairlead.sidecar.provider.CallerWords;
import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.Outcome;

/** One call of a client: decode, admit, then hand over to {@link Dispatch}; at the end settle, whatever happened. */
public final class Exchange {
    final Exchanges shared;
    final Endpoint endpoint;
    final ClientHead head;
    final ClientChannel client;
    final CallFacts facts = new CallFacts();
    final Routing routing = new Routing(this);
    final Reservations reserved;
    final TimeInLine inLine = new TimeInLine();
    private final long startNanos;
    private final Deadlines.Entry deadline = new Deadlines.Entry(this::deadlineExpired);
    private RequestFacts request;
    private byte[] body;
    private Urgency urgency = Urgency.NORMAL;
    private EarlyStream early;
    private Dispatch dispatch;
    private long deadlineMs = Long.MAX_VALUE;
    private boolean finished;

    Exchange(Exchanges shared, Endpoint endpoint, ClientHead head, ClientChannel client) {
        this.shared = shared;
        this.endpoint = endpoint;
        this.head = head;
        this.client = client;
        this.startNanos = shared.loop.nanoTime();
        this.reserved = new Reservations(this);
        facts.startedAtMs = shared.loop.epochMillis();
        facts.id = shared.ids.next();
        facts.dialect = "openai";
        facts.endpoint = endpoint == null ? null : endpoint.wireName();
        deadline.dueAt(startNanos / 1_000_000 + shared.patience.uploadStallMs());
        shared.deadlines.watch(deadline);
        TraceParent.read(head.header(HeaderNames.TRACEPARENT), facts);
    }

    /** Whether the process has memory for one more call; one that has no room can only be refused. */
    public boolean hasRoom() {
        return reserved.hasRoom();
    }

    /** Reserves bytes of the process's budget for this exchange, before they are read; given back when it ends. */
    public boolean hold(long bytes) {
        return reserved.hold(bytes);
    }

    /** A part of the body has arrived: the client is not stalled. */
    public void progress() {
        deadline.dueAt(Math.min(
                shared.loop.nowMs() + shared.patience.uploadStallMs(),
                startNanos / 1_000_000 + shared.patience.uploadMs()));
    }

    /** The whole body has arrived: goes on to an answer. */
    public void request(byte[] wholeBody) {
        body = wholeBody;
        if (!routing.takeConfig()) {
            return;
        }
        if (endpoint == Endpoint.MODELS) {
            new ModelsAnswer(this, routing.config()).give();
        } else if (scan() && routing.find() && readHeaders()) {
            reserved.admit();
        }
    }

    private boolean scan() {
        var outcome = shared.requestScanner.scan(endpoint.format(), body, 0, body.length);
        if (outcome instanceof ScanOutcome.Refused refused) {
            refuse(ErrorCode.INVALID_REQUEST, refused.message(), refused.param());
            return false;
        }
        request = ((ScanOutcome.Scanned) outcome).facts();
        facts.model = request.model();
        facts.stream = request.stream();
        facts.maxTokens = endpoint.outputTokens(request, RequestFacts.ABSENT);
        return true;
    }

    /** What the client says of this call beside its body: how long it may take, and how urgent it is. */
    private boolean readHeaders() {
        var timeout = TimeoutHeader.read(head.header(HeaderNames.TIMEOUT_MS));
        if (timeout == TimeoutHeader.INVALID) {
            refuse(ErrorCode.INVALID_REQUEST, Sentences.BAD_TIMEOUT, null);
            return false;
        }
        urgency = PriorityHeader.read(head.header(HeaderNames.PRIORITY));
        if (urgency == null) {
            refuse(ErrorCode.INVALID_REQUEST, Sentences.BAD_PRIORITY, null);
            return false;
        }
        facts.timeoutMs = timeout == TimeoutHeader.NONE ? 0 : timeout;
        facts.priority = PriorityHeader.word(urgency);
        deadlineMs = startNanos / 1_000_000
                + Math.min(timeout, routing.route().config().timeouts().requestMs());
        deadline.dueAt(deadlineMs);
        return true;
    }

    /**
     * Looks the model up again under the configuration now in force. False when this dispatch is over: it is refused since the
     * model is gone or closed, or another route has it now, whose limits are asked first.
     */
    boolean replan() {
        var before = routing.route().id();
        if (!routing.takeConfig() || !routing.find()) {
            return false;
        }
        if (routing.route().id().equals(before)) {
            return true;
        }
        reserved.leaveRoute(dispatch.mayHaveExecuted());
        dispatch = null;
        reserved.admit();
        return false;
    }

    /** The route's limits let the call through. */
    void admitted() {
        dispatch = new Dispatch(this);
        dispatch.begin();
    }

    /** Ends the exchange with an error of ours. */
    public void refuse(ErrorCode code, String message, String param) {
        Refusals.refuse(this, code, message, param);
    }

    /** The client's connection has ended; the provider is told at once. */
    public void clientGone() {
        if (!finished) {
            if (dispatch != null) {
                dispatch.abandon();
            }
            finish(ErrorCode.CLIENT_CLOSED.status(), Outcome.CANCELLED, ErrorCode.CLIENT_CLOSED);
        }
    }

    /** The client does not take what it asked for. */
    void clientTooSlow() {
        client.breakOff();
        clientGone();
    }

    private void deadlineExpired() {
        if (finished) {
            return;
        }
        if (dispatch != null) {
            dispatch.deadlineExpired();
        } else if (body == null) {
            refuse(ErrorCode.REQUEST_TIMEOUT, "The request's body did not arrive in time.", null);
        } else {
            refuse(ErrorCode.DEADLINE_EXCEEDED, "The call's deadline has passed.", null);
        }
    }

    /** The record of this exchange, its metrics, its reservations: once. */
    void finish(int status, Outcome outcome, ErrorCode error) {
        if (finished) {
            return;
        }
        finished = true;
        if (dispatch != null && dispatch.holdsLease()) {
            shared.leaked();
            dispatch.abandon();
        }
        if (dispatch != null) {
            dispatch.end();
        }
        if (early != null) {
            early.close();
        }
        shared.deadlines.forget(deadline);
        facts.status = status;
        facts.outcome = outcome;
        facts.error = error;
        facts.durationUs = elapsedUs();
        facts.overheadUs = Math.max(0, facts.durationUs - facts.waitUs - attemptsUs());
        body = null;
        reserved.releaseCall();
        // Settling the record sums the attempts' usage: the limits are settled on the same numbers.
        shared.recorder.settle(facts);
        reserved.settle(dispatch != null && dispatch.mayHaveExecuted());
        shared.finished();
    }

    private long attemptsUs() {
        long sum = 0;
        for (int i = 0; i < facts.attemptCount(); i++) {
            sum += facts.attempt(i).durationUs;
        }
        return sum;
    }

    /** The client's body is not needed any more: the answer has begun. */
    void releaseBytes() {
        body = null;
        reserved.releaseBodies();
    }

    /** Microseconds since the request's head arrived. */
    long elapsedUs() {
        return (shared.loop.nanoTime() - startNanos) / 1_000;
    }

    /** Whether the record has been written. */
    public boolean finished() {
        return finished;
    }

    Urgency urgency() {
        return urgency;
    }

    /** The client's stream that was begun before there is content; {@code null} when it was not. */
    EarlyStream early() {
        return early;
    }

    /** Shows a client that waits for its stream that it is not forgotten: from now on its failure is an event in the stream. */
    void openEarly() {
        if (early == null && !finished) {
            early = new EarlyStream(this);
            early.open();
        }
    }

    byte[] body() {
        return body;
    }

    /** What of this call a provider may repeat when it complains. */
    CallerWords words() {
        return new CallerWords(body, ForwardedHeaders.of(head));
    }

    RequestFacts requestFacts() {
        return request;
    }

    long deadlineMs() {
        return deadlineMs;
    }
}
