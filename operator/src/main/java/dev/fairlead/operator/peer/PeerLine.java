package dev.fairlead.operator.peer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.rollout.SidecarReport;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;

/**
 * One line between replicas.
 *
 * @param reports all of the replica's; {@code null} in a mere sign of life
 * @param leads whether it is the replica that divides limits
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record PeerLine(List<SidecarReport> reports, boolean leads) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Buffer written() {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(this)).appendByte((byte) '\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("reports that cannot be written", e);
        }
    }

    static PeerLine read(byte[] line) throws IOException {
        return JSON.readValue(line, PeerLine.class);
    }
}
