package dev.fairlead.operator.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.fairlead.sidecar.fleet.FleetReport;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** {@code POST /v1/fleet}: what a sidecar says of its pools; the answer is what the leader gives it of limits. */
final class FleetHandler implements StreamPost.Content<FleetHandler.Posted> {
    static final int MAX_BODY = FleetReport.MOST_BYTES;

    /** Who has not been answered by then is told that nobody can. */
    static final long ANSWERED_WITHIN_MS = 4_000;

    private static final int BURST = 20;
    private static final Duration REFILL = Duration.ofMillis(90);
    private static final int ID_CHARS = 128;

    private final FleetDesk desk;
    private final Context context;
    private final ServeFigures figures;
    private final Throttle rate;
    private final JsonFactory json = new JsonFactory();

    FleetHandler(FleetDesk desk, Context context, ServeFigures figures, LongSupplier nanoTime) {
        this.desk = desk;
        this.context = context;
        this.figures = figures;
        this.rate = new Throttle(BURST, REFILL, nanoTime);
    }

    /** A report of which only the first word has been read: whoever divides limits reads the rest. */
    @SuppressWarnings("ArrayRecordComponent")
    record Posted(String stream, byte[] report) {}

    @Override
    public Optional<Posted> read(byte[] body) {
        try (var parser = json.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT
                    && "stream".equals(parser.nextFieldName())
                    && parser.nextToken() == JsonToken.VALUE_STRING
                    && parser.getTextLength() <= ID_CHARS) {
                return Optional.of(new Posted(parser.getText(), body));
            }
        } catch (IOException e) {
            // As good as something else.
        }
        return Optional.empty();
    }

    @Override
    public Refusal unreadable() {
        return new Refusal(400, "bad_report", "expected {\"stream\": text, ...} with the stream first");
    }

    @Override
    public String stream(Posted posted) {
        return posted.stream();
    }

    @Override
    public void take(HttpServerRequest request, ConfigStream stream, Posted posted) {
        var pod = stream.pod().podUid();
        if (!rate.take(pod)) {
            stay(request, new Refusal(429, "too_many_reports", "this pod reports too often", 1));
            return;
        }
        var vertx = context.owner();
        long deadline = vertx.setTimer(ANSWERED_WITHIN_MS, late -> answer(request, FleetReply.NOBODY));
        desk.report(pod, posted.report())
                .whenComplete((reply, failed) -> context.runOnContext(here -> {
                    if (vertx.cancelTimer(deadline)) {
                        answer(request, failed == null ? reply : FleetReply.NOBODY);
                    }
                }));
    }

    private void answer(HttpServerRequest request, FleetReply reply) {
        var response = request.response();
        if (reply instanceof FleetReply.Malformed malformed) {
            stay(request, new Refusal(400, "bad_report", malformed.why()));
        } else if (!(reply instanceof FleetReply.Answered answered)) {
            stay(request, new Refusal(503, "no_leader", "no replica divides limits now: what was given last holds", 1));
        } else if (!response.closed() && !response.ended()) {
            response.putHeader("content-type", "application/json").end(Buffer.buffer(answered.body()));
        }
    }

    @Override
    public void unknown(HttpServerRequest request) {
        stay(request, new Refusal(409, "report_stale", "this pod has no such stream here"));
    }

    private void stay(HttpServerRequest request, Refusal refusal) {
        figures.refusal(refusal.code());
        refusal.answerAndStay(request);
    }
}
