package dev.fairlead.operator.compile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.ProxyConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.io.IOException;

/** Configurations for people to read: whole, but for credentials, of which only fingerprints are shown. */
public final class RedactedConfigs {
    private final ObjectWriter json = mapper(new ObjectMapper())
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));
    private final ObjectWriter yaml = mapper(new ObjectMapper(new YAMLFactory()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)))
            .writer();

    /** As indented JSON, ending with a line break. */
    public String json(SidecarConfig config) {
        return write(json, config) + "\n";
    }

    /** As YAML, ending with a line break. */
    public String yaml(SidecarConfig config) {
        return write(yaml, config);
    }

    private static String write(ObjectWriter writer, SidecarConfig config) {
        try {
            return writer.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A configuration is plain data and can always be written", e);
        }
    }

    private static ObjectMapper mapper(ObjectMapper mapper) {
        return mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .registerModule(new SimpleModule()
                        .addSerializer(KeyConfig.class, new KeySerializer())
                        .addSerializer(ProxyConfig.class, new ProxySerializer()));
    }

    private static final class KeySerializer extends JsonSerializer<KeyConfig> {
        @Override
        public void serialize(KeyConfig key, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeStringField("name", key.name());
            out.writeStringField("group", key.group());
            out.writeNumberField("weight", key.weight());
            out.writeStringField("fingerprint", key.fingerprint());
            out.writeEndObject();
        }
    }

    private static final class ProxySerializer extends JsonSerializer<ProxyConfig> {
        @Override
        public void serialize(ProxyConfig proxy, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeStringField("host", proxy.host());
            out.writeNumberField("port", proxy.port());
            if (proxy.username() != null) {
                out.writeStringField("credential", Credentials.fingerprint(proxy.username() + ":" + proxy.password()));
            }
            out.writeEndObject();
        }
    }
}
