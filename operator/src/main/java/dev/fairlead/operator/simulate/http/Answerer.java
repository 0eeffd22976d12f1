package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.books.Outcome;
import dev.fairlead.operator.simulate.dialect.Answer;
import dev.fairlead.operator.simulate.dialect.Demand;
import dev.fairlead.operator.simulate.dialect.Frame;
import dev.fairlead.operator.simulate.dialect.Reply;
import dev.fairlead.operator.simulate.profile.LatencyProfile;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.function.Consumer;

/** Gives a call its answer, at the provider's pace. */
final class Answerer {

    private final Pace pace;

    Answerer(Pace pace) {
        this.pace = pace;
    }

    /** What the call gets when nothing goes wrong. */
    void finish(Exchange exchange, Demand demand) {
        if (demand instanceof Demand.Metered metered) {
            answer(exchange, metered);
            return;
        }
        Reply reply = whole(exchange, demand);
        exchange.send(reply, reply.status() < 400 ? Outcome.answered : Outcome.refused);
    }

    /** The answer in one piece; counts what it used. */
    Reply whole(Exchange exchange, Demand demand) {
        if (demand instanceof Demand.Metered metered) {
            exchange.used(metered.inputTokens(), metered.answer().outputTokens());
            return metered.answer().whole();
        }
        return demand instanceof Demand.Invalid invalid ? invalid.reply() : ((Demand.Free) demand).reply();
    }

    private void answer(Exchange exchange, Demand.Metered call) {
        if (call.stream()) {
            Iterator<Frame> frames = call.answer().stream(chunks(exchange, call.answer()));
            stream(exchange, call, frames, written -> {
                exchange.response().end();
                exchange.end(Outcome.answered);
            });
            return;
        }
        exchange.later(wholeTime(exchange.latency(), chunks(exchange, call.answer())), () -> {
            exchange.send(whole(exchange, call), Outcome.answered);
        });
    }

    /** A stream of those events, and then whatever {@code whenDone} does. */
    void stream(Exchange exchange, Demand.Metered call, Iterator<Frame> frames, Consumer<Future<Void>> whenDone) {
        LatencyProfile latency = exchange.latency();
        exchange.later(pace.toFirstByte(latency), () -> {
            exchange.openStream();
            exchange.used(call.inputTokens(), 0);
            new StreamPump(exchange, frames, () -> pace.toNextChunk(latency), whenDone).run();
        });
    }

    /** Events that a stream of this answer has. */
    static int chunks(Exchange exchange, Answer answer) {
        return Pace.chunks(exchange.latency(), answer.naturalChunks());
    }

    private long wholeTime(LatencyProfile latency, int chunks) {
        long time = pace.toFirstByte(latency);
        return latency.perChunk().value() == 0 ? time : time + chunks * pace.toNextChunk(latency);
    }
}
