package dev.fairlead.operator.plan.virtual;

import dev.fairlead.sidecar.exchange.ClientChannel;
import dev.fairlead.sidecar.exchange.ClientHead;
import dev.fairlead.sidecar.exchange.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/**
 * A client that sends its call at once, takes whatever comes and never goes away by itself. Knows how its answer ended, and
 * notices one that ends twice.
 */
public final class VirtualClient implements ClientHead, ClientChannel {
    private final Map<String, String> headers;
    private int status;
    private String error;
    private boolean begun;
    private boolean over;
    private boolean broken;

    /** @param headers names in lower case */
    public VirtualClient(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    @Override
    public String path() {
        return "/v1"; // Of a call for a model nobody asks.
    }

    @Override
    public String header(CharSequence name) {
        return headers.get(name.toString());
    }

    @Override
    public void answer(ResponseHead head, ByteBuf body) {
        begin(head);
        over();
    }

    @Override
    public void begin(ResponseHead head) {
        if (begun) {
            throw new IllegalStateException("a second answer began: " + status + ", then " + head.status());
        }
        begun = true;
        status = head.status();
        for (int i = 0; i < head.size(); i++) {
            if (head.name(i).toString().equals("x-fairlead-error")) {
                error = head.value(i).toString();
            }
        }
    }

    @Override
    public void write(ByteBuf piece) {
        if (!begun || over) {
            throw new IllegalStateException(begun ? "written after the end" : "written before the head");
        }
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
        over();
    }

    @Override
    public void breakOff() {
        broken = true;
        over();
    }

    private void over() {
        if (over) {
            throw new IllegalStateException("an answer ended twice");
        }
        over = true;
    }

    /** Whether the answer has ended, whole or not. */
    public boolean answered() {
        return over;
    }

    /** Whether it ended in the middle. */
    public boolean broken() {
        return broken;
    }

    /** The answer's status; 0 before it began. */
    public int status() {
        return status;
    }

    /** The code of Fairlead's own error, {@code null} for none. */
    public String error() {
        return error;
    }
}
