package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.dialect.openai.RequestFacts;
import dev.fairlead.sidecar.dialect.openai.ScanOutcome;
import dev.fairlead.sidecar.dialect.openai.TokenEstimate;
import dev.fairlead.sidecar.limit.Admission;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Urgency;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.route.Match;
import dev.fairlead.sidecar.route.RouteTable;
import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.Outcome;

/** One call of a client: decode, admit, then hand over to {@link Dispatch}; at the end settle, whatever happened. */
public final class Exchange {
    /** Output tokens reserved for a call that names no maximum; corrected by what it really uses. */
    private static final long UNSAID_OUTPUT_TOKENS = 256;

    /**
     * What a running call takes of the heap apart from its body: two connections, their pipelines and queues. Measured with
     * 2,000 open streams: 20 KB each.
     */
    private static final long CALL_BYTES = 20 * 1024;

    final Exchanges shared;
    final Endpoint endpoint;
    final ClientHead head;
    final ClientChannel client;
    final CallFacts facts = new CallFacts();
    private final long startNanos;
    private final Deadlines.Entry deadline = new Deadlines.Entry(this::deadlineExpired);
    private LiveConfig config;
    private LiveRoute route;
    private LiveModel model;
    /** Whose reservation this call holds: that of the route it was admitted by, even if it is planned again to another. */
    private LimiterHandle limiter;

    private RequestFacts request;
    private String ownModel;
    private byte[] body;
    private Admission admission = Admission.UNLIMITED;
    private Urgency urgency = Urgency.NORMAL;
    private EarlyStream early;
    private PoolLimits poolLimits;
    private Dispatch dispatch;
    private long heldBytes;
    private boolean copyHeld;
    private final boolean hasRoom;
    private long deadlineMs = Long.MAX_VALUE;
    private boolean finished;

    Exchange(Exchanges shared, Endpoint endpoint, ClientHead head, ClientChannel client) {
        this.shared = shared;
        this.endpoint = endpoint;
        this.head = head;
        this.client = client;
        this.startNanos = shared.loop.nanoTime();
        this.hasRoom = shared.budget.reserve(CALL_BYTES);
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
        return hasRoom;
    }

    /** Reserves bytes of the process's budget for this exchange, before they are read; given back when it ends. */
    public boolean hold(long bytes) {
        if (!shared.budget.reserve(bytes)) {
            return false;
        }
        heldBytes += bytes;
        return true;
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
        config = shared.config();
        if (config == null) {
            refuse(ErrorCode.NOT_CONFIGURED, "This sidecar has no configuration yet; try again in a moment.", null);
        } else if (!workloadRefused(config)) {
            answer();
        }
    }

    private void answer() {
        if (endpoint == Endpoint.MODELS) {
            new ModelsAnswer(this, config).give();
        } else {
            scan();
        }
    }

    private void scan() {
        var outcome = shared.requestScanner.scan(endpoint.format(), body, 0, body.length);
        if (outcome instanceof ScanOutcome.Refused refused) {
            refuse(ErrorCode.INVALID_REQUEST, refused.message(), refused.param());
            return;
        }
        request = ((ScanOutcome.Scanned) outcome).facts();
        facts.model = request.model();
        facts.stream = request.stream();
        route();
    }

    private void route() {
        var match = find(config);
        if (match == null) {
            return;
        }
        bind(match);
        if (!mayCall(match, config)) {
            return;
        }
        var timeout = TimeoutHeader.read(head.header(HeaderNames.TIMEOUT_MS));
        if (timeout == TimeoutHeader.INVALID) {
            refuse(ErrorCode.INVALID_REQUEST, Sentences.BAD_TIMEOUT, null);
            return;
        }
        urgency = PriorityHeader.read(head.header(HeaderNames.PRIORITY));
        if (urgency == null) {
            refuse(ErrorCode.INVALID_REQUEST, Sentences.BAD_PRIORITY, null);
            return;
        }
        deadlineMs = startNanos / 1_000_000
                + Math.min(timeout, match.route().timeouts().requestMs());
        deadline.dueAt(deadlineMs);
        admit();
    }

    /** What a configuration offers under the model's name; {@code null}, and refused, for nothing. */
    private Match find(LiveConfig from) {
        var match = from.table().find(request.model(), head.header(HeaderNames.ROUTE));
        if (match == null) {
            refuse(ErrorCode.MODEL_NOT_FOUND, Sentences.modelNotFound(request.model()), "model");
        }
        return match;
    }

    /** Whether the route is open to this workload; false, and refused with the reason, when it is not. */
    private boolean mayCall(Match match, LiveConfig from) {
        var found = match.route();
        var until = found.validUntilMs();
        if (found.audience() == Audience.REFUSED) {
            refuse(found.refusal().code(), found.refusal().message(), null);
        } else if (until != null && until <= facts.startedAtMs) {
            refuse(ErrorCode.SUBSCRIPTION_EXPIRED, Sentences.expired(found), null);
        } else if (!from.routes().get(match.routeIndex()).endpoints().contains(endpoint.wireName())) {
            refuse(ErrorCode.NOT_FOUND, Sentences.endpointNotOffered(found, endpoint), null);
        } else {
            return true;
        }
        return false;
    }

    private void admit() {
        long tokens = TokenEstimate.inputTokens(request) + outputTokens();
        limiter = route.limiter();
        limiter.admit(tokens, shared.loop, this::admitted);
    }

    /** What this call will probably ask of the account that pays. */
    Demand demand() {
        long unsaid = endpoint == Endpoint.EMBEDDINGS ? 0 : Demand.UNSAID;
        return new Demand(TokenEstimate.inputTokens(request), TokenEstimate.maxOutputTokens(request, unsaid));
    }

    private long outputTokens() {
        return endpoint == Endpoint.EMBEDDINGS ? 0 : TokenEstimate.maxOutputTokens(request, UNSAID_OUTPUT_TOKENS);
    }

    /**
     * Looks the model up again under the configuration now in force. False when this dispatch is over: it is refused since the
     * model is gone or closed, or another route has it now, whose limits are asked first.
     */
    boolean replan() {
        config = shared.config();
        var match = workloadRefused(config) ? null : find(config);
        if (match == null) {
            return false;
        }
        var before = route.id();
        bind(match);
        if (!mayCall(match, config)) {
            return false;
        }
        if (route.id().equals(before)) {
            return true;
        }
        if (admission.reservation() != null && !dispatch.mayHaveExecuted()) {
            limiter.refund(admission.reservation());
        }
        admission = Admission.UNLIMITED;
        dispatch = null;
        admit();
        return false;
    }

    /** Whether what this call waited for has not been closed meanwhile; false, and refused, when it has. */
    boolean stillOpen() {
        var now = shared.config();
        if (now.hash().equals(config.hash())) {
            return true;
        }
        var match = workloadRefused(now) ? null : find(now);
        return match != null && mayCall(match, now);
    }

    private boolean workloadRefused(LiveConfig now) {
        var refusal = now.config().refusal();
        if (refusal != null) {
            refuse(refusal.code(), refusal.message(), null);
        }
        return refusal != null;
    }

    /** Reserves the bytes of a second body, the one that is sent in place of the client's; once for all attempts. */
    boolean holdCopy() {
        copyHeld = copyHeld || hold(body.length);
        return copyHeld;
    }

    private void bind(Match match) {
        route = config.routes().get(match.routeIndex());
        model = route.models().get(match.modelIndex());
        facts.route = route.id();
        facts.modelName = match.model().name();
        ownModel = RouteTable.unqualified(request.model(), match);
        facts.subscription = match.route().subscription();
    }

    private void admitted(Admission answer) {
        if (finished) {
            if (answer.reservation() != null) {
                limiter.refund(answer.reservation());
            }
            return;
        }
        admission = answer;
        if (!answer.admitted()) {
            Refusals.limitExceeded(this, answer);
            return;
        }
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
        releaseBytes();
        if (hasRoom) {
            shared.budget.release(CALL_BYTES);
        }
        // Settling the record sums the attempts' usage: the limits are settled on the same numbers.
        shared.recorder.settle(facts);
        settleLimits();
        shared.finished();
    }

    private void settleLimits() {
        var reservation = admission.reservation();
        if (reservation == null) {
            return;
        }
        if (facts.usage.present()) {
            limiter.settle(reservation, facts.usage.inputTokens() + facts.usage.outputTokens());
        } else if (dispatch == null || !dispatch.mayHaveExecuted()) {
            limiter.refund(reservation);
        }
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
        shared.budget.release(heldBytes);
        heldBytes = 0;
        copyHeld = false;
    }

    /** Microseconds since the request's head arrived. */
    long elapsedUs() {
        return (shared.loop.nanoTime() - startNanos) / 1_000;
    }

    /** Whether the record has been written. */
    public boolean finished() {
        return finished;
    }

    /** Whose call this is, where calls take turns. */
    String tenant() {
        return config.config().workload().tenant();
    }

    /** That one's share of the turns. */
    int tenantWeight() {
        return config.config().workload().tenantWeight();
    }

    Urgency urgency() {
        return urgency;
    }

    /** Calls with the same number, not 0, belong together; {@code mode} is what a pool means by that. */
    long affinity(String mode) {
        return Affinity.of(mode, head, request);
    }

    /** Whether the client's SDK says that it repeats a call that has failed. */
    boolean repeatedByClient() {
        var count = head.header(HeaderNames.STAINLESS_RETRY_COUNT);
        return count != null && !count.isEmpty() && !count.equals("0");
    }

    /** A provider has spoken of an account's limits. */
    void said(LimitSnapshot limits, String pool, String model, String account) {
        if (admission.requests() == null && admission.tokens() == null) {
            long now = shared.loop.nowMs();
            poolLimits = shared.poolLimits(pool, model);
            poolLimits.said(account, limits, now);
        }
    }

    /** How the pool that was used stands, where the route has no limits of its own; otherwise nothing. */
    LimitSnapshot poolStanding() {
        return poolLimits == null ? LimitSnapshot.NOTHING : poolLimits.sum(shared.loop.nowMs());
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

    RequestFacts requestFacts() {
        return request;
    }

    LiveRoute liveRoute() {
        return route;
    }

    LiveModel liveModel() {
        return model;
    }

    /** The client's model name without the route it was qualified with. */
    String ownModel() {
        return ownModel;
    }

    Admission admission() {
        return admission;
    }

    long deadlineMs() {
        return deadlineMs;
    }
}
