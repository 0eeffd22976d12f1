package dev.fairlead.operator.peer;

import dev.fairlead.operator.serve.BearerToken;
import dev.fairlead.operator.serve.FleetDesk;
import dev.fairlead.operator.serve.FleetReply;
import dev.fairlead.operator.serve.Refusal;
import dev.fairlead.sidecar.fleet.FleetReport;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** {@code POST /v1/peers/fleet}: reports of sidecars that stream from other replicas. On the server's event loop. */
final class FleetIntake implements Handler<HttpServerRequest> {
    /** Carries the uid of the pod; taken from replicas only. */
    static final String POD = "x-fairlead-pod";

    /** The status of a report that is none; its body says why. */
    static final int MALFORMED = 422;

    /** From the request's head to the answer. */
    private static final long ANSWERED_WITHIN_MS = 4_000;

    private static final int MAX_BODY = FleetReport.MOST_BYTES;
    private static final int MAX_UID = 128;

    private final Vertx vertx;
    private final PeerDoor door;
    private final FleetDesk desk;

    FleetIntake(Vertx vertx, PeerDoor door, FleetDesk desk) {
        this.vertx = vertx;
        this.door = door;
        this.desk = desk;
    }

    @Override
    public void handle(HttpServerRequest request) {
        var context = vertx.getOrCreateContext();
        var token = BearerToken.of(request.getHeader("authorization"));
        var pod = request.getHeader(POD);
        if (token.isEmpty()) {
            Refusal.tokenMissing().answer(request);
        } else if (pod == null || pod.isEmpty() || pod.length() > MAX_UID) {
            new Refusal(400, "bad_report", "expected a header " + POD).answer(request);
        } else {
            // Nothing is read before it is known who sends.
            request.pause();
            long deadline = vertx.setTimer(ANSWERED_WITHIN_MS, late -> answer(request, FleetReply.NOBODY));
            request.response().closeHandler(closed -> vertx.cancelTimer(deadline));
            door.ask(
                    request,
                    token.get(),
                    context,
                    objection -> objection.ifPresentOrElse(
                            refusal -> refusal.answer(request), () -> read(request, pod, context)));
        }
    }

    private void read(HttpServerRequest request, String pod, Context context) {
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= MAX_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(gone -> {});
        request.endHandler(end -> {
            if (body.length() > MAX_BODY) {
                new Refusal(413, "body_too_large", "expected at most " + MAX_BODY + " bytes").answer(request);
            } else {
                desk.report(pod, body.getBytes())
                        .whenComplete((reply, failed) -> context.runOnContext(
                                here -> answer(request, failed == null ? reply : FleetReply.NOBODY)));
            }
        });
        request.resume();
    }

    private static void answer(HttpServerRequest request, FleetReply reply) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (reply instanceof FleetReply.Answered answered) {
            response.putHeader("content-type", "application/json").end(Buffer.buffer(answered.body()));
        } else if (reply instanceof FleetReply.Malformed malformed) {
            // To a replica, which says it to the sidecar in its own form.
            response.setStatusCode(MALFORMED)
                    .putHeader("content-type", "text/plain")
                    .end(malformed.why());
        } else {
            response.setStatusCode(503).end();
        }
    }
}
