package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * One line of the configuration stream ({@code GET /v1/config}, NDJSON). A line of a type that is not known is skipped, so that
 * a newer operator can say more.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Frame.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = Frame.Config.class, name = "config"),
    @JsonSubTypes.Type(value = Frame.Trust.class, name = "trust"),
    @JsonSubTypes.Type(value = Frame.Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = Frame.Bye.class, name = "bye")
})
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface Frame {
    /**
     * The first line.
     *
     * @param stream names this stream in acknowledgements; nobody else knows it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Hello(String stream) implements Frame {}

    /**
     * A whole configuration: it replaces the one before.
     *
     * @param hash names the content
     * @param config a {@link dev.fairlead.sidecar.config.SidecarConfig}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Config(String hash, JsonNode config) implements Frame {
        @Override
        public String toString() {
            return "Config[" + hash + "]";
        }
    }

    /**
     * Which certificates to trust from now on.
     *
     * @param caBundle PEM
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Trust(String caBundle) implements Frame {}

    /** The stream lives. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Ping() implements Frame {}

    /**
     * The last line: connect again.
     *
     * @param reason why it ends
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Bye(String reason) implements Frame {}

    /** Something that this version does not know. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Unknown() implements Frame {}
}
