package dev.fairlead.operator.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.fairlead.operator.rollout.Snapshot;
import dev.fairlead.sidecar.control.Frame;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.WeakHashMap;

/** Frames as lines. A configuration's line is made once for all sidecars that get it, and kept as long as its rollout is. */
final class Frames {
    private final ObjectMapper json = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    private final Map<Snapshot, Buffer> configs = new WeakHashMap<>();
    private final Buffer ping = line(new Frame.Ping());

    Buffer hello(String stream) {
        return line(new Frame.Hello(stream));
    }

    Buffer trust(String caBundle) {
        return line(new Frame.Trust(caBundle));
    }

    Buffer bye(String reason) {
        return line(new Frame.Bye(reason));
    }

    Buffer ping() {
        return ping;
    }

    /** The configuration is not parsed: it goes into the line as it is. */
    Buffer config(Snapshot snapshot) {
        return configs.computeIfAbsent(snapshot, unseen -> {
            var head = ("{\"type\":\"config\",\"hash\":" + text(snapshot.hash()) + ",\"config\":")
                    .getBytes(StandardCharsets.UTF_8);
            return Buffer.buffer(head.length + snapshot.json().length + 2)
                    .appendBytes(head)
                    .appendBytes(snapshot.json())
                    .appendString("}\n");
        });
    }

    private Buffer line(Frame frame) {
        return Buffer.buffer(text(frame)).appendByte((byte) '\n');
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a frame that cannot be written", e);
        }
    }
}
