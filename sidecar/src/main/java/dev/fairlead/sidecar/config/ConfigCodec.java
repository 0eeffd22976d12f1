package dev.fairlead.sidecar.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The contract as JSON. Thread-safe. */
public final class ConfigCodec {
    private static final int HASH_LENGTH = 16;

    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /** Reads and checks a configuration. */
    public SidecarConfig read(byte[] bytes) throws ConfigException {
        try {
            var config = json.readValue(bytes, SidecarConfig.class);
            if (config == null) {
                throw new ConfigException("$", "is null, expected an object");
            }
            ConfigCheck.check(config);
            return config;
        } catch (JsonMappingException e) {
            throw new ConfigException(path(e), "has a wrong type or an unknown value");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new ConfigException("$", "is not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (IOException e) {
            throw new ConfigException("$", "cannot be read");
        }
    }

    /** Checks a configuration that was not read here. */
    public void check(SidecarConfig config) throws ConfigException {
        ConfigCheck.check(config);
    }

    /** The whole configuration, secrets included: for the sidecar only. */
    public byte[] write(SidecarConfig config) {
        try {
            return json.writeValueAsBytes(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration that cannot be written", e);
        }
    }

    /** The configuration for people: without key material and proxy credentials. */
    public JsonNode redacted(SidecarConfig config) {
        var tree = json.<ObjectNode>valueToTree(config);
        for (var pool : tree.path("pools")) {
            for (var key : pool.path("keys")) {
                ((ObjectNode) key).remove("secret");
            }
            if (pool.path("proxy") instanceof ObjectNode proxy) {
                proxy.remove("username");
                proxy.remove("password");
            }
            if (pool.path("coordination").path("redis") instanceof ObjectNode redis) {
                redis.remove("password");
            }
        }
        return tree;
    }

    /** Names the content: equal for equal configurations, different otherwise. */
    public String hash(SidecarConfig config) {
        return hash(write(config));
    }

    /** The same of a configuration as {@link #write} has given it. */
    public String hash(byte[] written) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(written);
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
            }
        }
        return path.length() == 0 ? "$" : path.toString();
    }
}
