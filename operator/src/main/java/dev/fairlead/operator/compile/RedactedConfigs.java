package dev.fairlead.operator.compile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.SidecarConfig;

/** Configurations for people to read: whole, but for credentials, of which only fingerprints are shown. */
public final class RedactedConfigs {
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private final ConfigCodec codec = new ConfigCodec();
    private final ObjectWriter json = new ObjectMapper()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));
    private final ObjectWriter yaml = new ObjectMapper(new YAMLFactory()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES))
            .writer();

    /** As indented JSON, ending with a line break. */
    public String json(SidecarConfig config) {
        return write(json, config) + "\n";
    }

    /** As YAML, ending with a line break. */
    public String yaml(SidecarConfig config) {
        return write(yaml, config);
    }

    private String write(ObjectWriter writer, SidecarConfig config) {
        try {
            return writer.writeValueAsString(codec.redacted(config));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A configuration is plain data and can always be written", e);
        }
    }
}
