package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** How long the parts of a call may take. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Timeouts {
    @JsonPropertyDescription(
            "The whole call, waiting for keys included. Clients can shorten it with " + "x-fairlead-timeout-ms.")
    @Default("600s")
    @Pattern(Formats.POSITIVE_DURATION)
    @Size(max = 8)
    private String request;

    @JsonPropertyDescription("TCP and TLS to the provider.")
    @Default("3s")
    @Pattern(Formats.POSITIVE_DURATION)
    @Size(max = 8)
    private String connect;

    @JsonPropertyDescription("From the request sent to the first byte of a streamed answer; an answer that is not "
            + "streamed has none until it is finished.")
    @Default("120s")
    @Pattern(Formats.POSITIVE_DURATION)
    @Size(max = 8)
    private String firstByte;

    @JsonPropertyDescription("The longest silence inside a streamed answer.")
    @Default("120s")
    @Pattern(Formats.POSITIVE_DURATION)
    @Size(max = 8)
    private String streamIdle;

    public String getRequest() {
        return request;
    }

    public void setRequest(String request) {
        this.request = request;
    }

    public String getConnect() {
        return connect;
    }

    public void setConnect(String connect) {
        this.connect = connect;
    }

    public String getFirstByte() {
        return firstByte;
    }

    public void setFirstByte(String firstByte) {
        this.firstByte = firstByte;
    }

    public String getStreamIdle() {
        return streamIdle;
    }

    public void setStreamIdle(String streamIdle) {
        this.streamIdle = streamIdle;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Timeouts that
                && Objects.equals(request, that.request)
                && Objects.equals(connect, that.connect)
                && Objects.equals(firstByte, that.firstByte)
                && Objects.equals(streamIdle, that.streamIdle);
    }

    @Override
    public int hashCode() {
        return Objects.hash(request, connect, firstByte, streamIdle);
    }

    @Override
    public String toString() {
        return "Timeouts[request=" + request + ", connect=" + connect + ", firstByte=" + firstByte + ", streamIdle="
                + streamIdle + "]";
    }
}
