package dev.fairlead.operator.plan.virtual;

import dev.fairlead.sidecar.exchange.Upstream;
import dev.fairlead.sidecar.exchange.UpstreamCall;
import dev.fairlead.sidecar.exchange.UpstreamFailure;
import dev.fairlead.sidecar.exchange.UpstreamListener;
import dev.fairlead.sidecar.exchange.UpstreamRequest;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A provider that answers request after request as a test says, and the rest all alike. */
final class ScriptedProvider implements Upstream {
    static final String ANSWER = "{\"id\":\"c1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"Hello!\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";
    private static final String RATE_LIMITED =
            "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow down\"}}";

    final List<Long> sentMs = new ArrayList<>();
    final List<UpstreamRequest> requests = new ArrayList<>();
    private final VirtualLoop loop;
    private final Deque<Consumer<Answer>> next = new ArrayDeque<>();
    private Consumer<Answer> otherwise = served(100);

    ScriptedProvider(VirtualLoop loop) {
        this.loop = loop;
    }

    /** How the next request that nothing is said of yet is answered. */
    ScriptedProvider then(Consumer<Answer> answer) {
        next.add(answer);
        return this;
    }

    /** How all are answered of which nothing else is said. */
    ScriptedProvider always(Consumer<Answer> answer) {
        otherwise = answer;
        return this;
    }

    static Consumer<Answer> served(long afterMs) {
        return answer -> answer.in(afterMs, () -> answer.json(200, ANSWER));
    }

    static Consumer<Answer> limitedFor(long ms) {
        return status(429, RATE_LIMITED, "retry-after-ms", Long.toString(ms));
    }

    /** @param headers name and value in turn */
    static Consumer<Answer> status(int status, String body, String... headers) {
        return answer -> answer.json(status, body, headers);
    }

    static Consumer<Answer> fails(UpstreamFailure.Kind kind) {
        return answer -> answer.fail(kind);
    }

    @Override
    public UpstreamCall send(UpstreamRequest request, UpstreamListener listener) {
        sentMs.add(loop.micros() / 1_000);
        requests.add(request);
        var answer = new Answer(loop, listener);
        var script = next.isEmpty() ? otherwise : next.poll();
        answer.in(0, () -> script.accept(answer));
        return answer;
    }

    /** One request at the provider. */
    static final class Answer implements UpstreamCall {
        private final VirtualLoop loop;
        private final UpstreamListener listener;
        private boolean connected;
        private boolean cancelled;

        Answer(VirtualLoop loop, UpstreamListener listener) {
            this.loop = loop;
            this.listener = listener;
        }

        /** Does something so many milliseconds later, unless the request has been given up by then. */
        void in(long ms, Runnable what) {
            loop.after(ms, () -> {
                if (!cancelled) {
                    what.run();
                }
            });
        }

        void json(int status, String body, String... headers) {
            head(status, "application/json", headers);
            data(body);
            listener.end();
        }

        void stream() {
            head(200, "text/event-stream");
        }

        private void head(int status, String type, String... headers) {
            connect();
            var all = new HashMap<>(Map.of("content-type", type));
            for (int i = 0; i < headers.length; i += 2) {
                all.put(headers[i], headers[i + 1]);
            }
            listener.head(status, all::get);
        }

        private void connect() {
            if (!connected) {
                connected = true;
                listener.connected();
            }
        }

        void data(String text) {
            listener.data(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
        }

        void end() {
            listener.end();
        }

        void fail(UpstreamFailure.Kind kind) {
            if (kind != UpstreamFailure.Kind.NOT_CONNECTED) {
                connect();
            }
            listener.failed(new UpstreamFailure(kind, "as scripted"));
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void pause() {
            throw new IllegalStateException("a caller takes everything at once");
        }

        @Override
        public void resume() {
            throw new IllegalStateException("a caller takes everything at once");
        }
    }
}
