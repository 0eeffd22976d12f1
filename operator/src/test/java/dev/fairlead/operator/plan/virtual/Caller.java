package dev.fairlead.operator.plan.virtual;

import dev.fairlead.sidecar.exchange.ClientChannel;
import dev.fairlead.sidecar.exchange.ClientHead;
import dev.fairlead.sidecar.exchange.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client that keeps what it is sent, and when. */
final class Caller implements ClientHead, ClientChannel {
    /** A piece of the answer's body, milliseconds after the beginning. */
    record Piece(long atMs, String text) {}

    final List<Piece> pieces = new ArrayList<>();
    private final VirtualLoop loop;
    private final Map<String, String> sent;
    private final Map<String, String> headers = new HashMap<>();
    private int status;
    private long beganMs = -1;
    private long endedMs = -1;
    private boolean broken;

    /** @param sent headers, names in lower case */
    Caller(VirtualLoop loop, Map<String, String> sent) {
        this.loop = loop;
        this.sent = sent;
    }

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public String header(CharSequence name) {
        return sent.get(name.toString());
    }

    @Override
    public void answer(ResponseHead head, ByteBuf body) {
        begin(head);
        write(body);
        end();
    }

    @Override
    public void begin(ResponseHead head) {
        beganMs = nowMs();
        status = head.status();
        for (int i = 0; i < head.size(); i++) {
            headers.put(head.name(i).toString(), head.value(i).toString());
        }
    }

    @Override
    public void write(ByteBuf piece) {
        pieces.add(new Piece(nowMs(), piece.toString(StandardCharsets.UTF_8)));
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public void whenDrained(Runnable drained) {
        drained.run();
    }

    @Override
    public void end() {
        endedMs = nowMs();
    }

    @Override
    public void breakOff() {
        broken = true;
        end();
    }

    private long nowMs() {
        return loop.micros() / 1_000;
    }

    int status() {
        return status;
    }

    /** A header of the answer, {@code null} when absent. */
    String answered(String name) {
        return headers.get(name);
    }

    String body() {
        var body = new StringBuilder();
        pieces.forEach(piece -> body.append(piece.text()));
        return body.toString();
    }

    /** When the answer's head came; -1 before. */
    long beganMs() {
        return beganMs;
    }

    /** When the answer ended; -1 before. */
    long endedMs() {
        return endedMs;
    }

    /** Whether it ended so that nobody takes it for whole. */
    boolean broken() {
        return broken;
    }
}
