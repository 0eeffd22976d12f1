package dev.fairlead.operator.simulate;

import static dev.fairlead.operator.simulate.Api.CHAT;
import static dev.fairlead.operator.simulate.Api.chat;
import static dev.fairlead.operator.simulate.Api.quotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.fairlead.operator.simulate.fault.Fault;
import dev.fairlead.operator.simulate.fault.FaultKind;
import dev.fairlead.operator.simulate.fault.FaultReader;
import dev.fairlead.operator.simulate.profile.AccountProfile;
import dev.fairlead.operator.simulate.profile.ConsumerProfile;
import dev.fairlead.operator.simulate.profile.LatencyProfile;
import dev.fairlead.operator.simulate.profile.LimitsProfile;
import dev.fairlead.operator.simulate.profile.ModelProfile;
import dev.fairlead.operator.simulate.profile.Profile;
import dev.fairlead.operator.simulate.profile.ProfileException;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed schemas say what the code does. */
class SchemasTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void statsFollowTheirSchema() throws Exception {
        String profile = "{accounts: [{name: a, keys: [sk-a-1], limits: {requestsPerMinute: 2}}],"
                + " consumers: [{account: a, requestsPerMinute: 1}]}";
        try (Simulator simulator = Simulator.start(
                SimulatorOptions.onFreePort().withProfile(new ProfileReader().parse("profile", profile)))) {
            assertThat(schema("stats").validate(simulator.stats())).isEmpty();
            Api api = Api.of(simulator);
            api.post(CHAT, "sk-a-1", chat(",'stream':true"));
            api.post(CHAT, "sk-a-1", chat(""));
            api.post(CHAT, "sk-a-1", chat(""));
            api.post(CHAT, null, chat(""));
            simulator.addFaults(quotes("{'kind':'stall'}"));
            try (RawCall running = new RawCall(simulator)) {
                running.send("GET /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-a-1\r\n\r\n")
                        .readUntil("\r\n\r\n");
                JsonNode stats = Api.json(api.get("/stats", null));
                assertThat(stats.get("log").findValuesAsText("outcome"))
                        .containsExactly("answered", "answered", "refused", "refused", "running");
                assertThat(schema("stats").validate(stats)).isEmpty();
            }
            assertThat(schema("reset").validate(Api.json(api.post("/reset", null, ""))))
                    .isEmpty();
        }
    }

    @Test
    void theSchemaWouldNotAcceptJustAnything() throws Exception {
        assertThat(schema("stats").validate(Api.JSON.readTree("{\"requests\":-1}")))
                .isNotEmpty();
        assertThat(schema("reset").validate(Api.JSON.readTree("{\"reset\":false}")))
                .isNotEmpty();
    }

    @Test
    void everyFieldOfTheRecordsIsInTheSchemasAndNoOther() throws Exception {
        JsonNode profile = document("profile");
        assertFields(profile, "/properties", Profile.class);
        assertFields(profile, "/$defs/account/properties", AccountProfile.class);
        assertFields(profile, "/$defs/limits/properties", LimitsProfile.class);
        assertFields(profile, "/$defs/consumer/properties", ConsumerProfile.class);
        assertFields(profile, "/$defs/latency/properties", LatencyProfile.class);
        assertFields(profile, "/$defs/model/properties", ModelProfile.class);
        JsonNode faults = document("faults");
        assertFields(faults, "/$defs/fault/properties", Fault.class);
        assertThat(faults.at("/$defs/fault/properties/kind/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        Arrays.stream(FaultKind.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'serverError'}",
                "[{'kind':'status','status':503,'body':'x','headers':{'a':'b'},'retryAfter':'1.5s'}]",
                "[]",
                "{'kind':'errorInStream','afterChunks':1,'body':{'a':1}}",
                "{'kind':'slow','delayMs':5,'probability':0.5,'count':3,'endpoint':'chat','stream':true}",
                "{'kind':'status'}",
                "{'kind':'slow'}",
                "{'kind':'refuse','status':500}",
                "{'kind':'stall','body':'x'}",
                "{'kind':'serverError','afterChunks':1}",
                "{'kind':'serverError','retryAfter':5}",
                "{'kind':'serverError','retryAfter':'5'}",
                "{'kind':'serverError','count':0}",
                "{'kind':'boom'}",
                "{'knd':'refuse'}",
                "{}"
            })
    void theReaderAndTheSchemaAgreeOnFaults(String json) throws Exception {
        boolean valid =
                schema("faults").validate(Api.JSON.readTree(quotes(json))).isEmpty();
        boolean read = true;
        try {
            new FaultReader().read(quotes(json).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            read = false;
        }
        assertThat(read).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed: 5",
                "models: [a, {id: b, kind: Embedding, dimensions: 3}]",
                "accounts: [{name: a, keys: [k, {name: n, key: l}], limits: {burst: 3, requestsPerMinute: 5}}]",
                "latency: {firstByte: 1.5s, perChunk: 20, chunks: 2, jitter: 0.1}",
                "derivedAccounts: {}",
                "latency: {firstByte: soon}",
                "accounts: [{name: a}]",
                "accounts: [{name: a, keys: []}]",
                "accounts: [{name: a, keys: [k], limits: {quantumSeconds: 7, admission: Quantised}}]",
                "accounts: [{name: a, keys: [k], limits: {requestsPerMinute: 0}}]",
                "accounts: [{name: a, keys: [k], limits: {requestsPerMinute: 1.5}}]",
                "completionTokens: 0",
                "maxRequestBytes: '5'",
                "colour: red"
            })
    void theReaderAndTheSchemaAgreeOnProfiles(String yaml) throws Exception {
        boolean valid = schema("profile").validate(YAML.readTree(yaml)).isEmpty();
        boolean read = true;
        try {
            new ProfileReader().parse("p", yaml);
        } catch (ProfileException e) {
            read = false;
        }
        assertThat(read).isEqualTo(valid);
    }

    @Test
    void theBuiltInProfileFollowsItsSchema() throws Exception {
        try (InputStream in = SchemasTest.class.getResourceAsStream("/simulate/default-profile.yaml")) {
            assertThat(schema("profile").validate(YAML.readTree(in))).isEmpty();
        }
    }

    private static void assertFields(JsonNode schema, String pointer, Class<?> type) {
        List<String> fields = Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName())
                .toList();
        TreeSet<String> documented = new TreeSet<>();
        schema.at(pointer).fieldNames().forEachRemaining(documented::add);
        assertThat(documented).as(type.getSimpleName()).containsExactlyInAnyOrderElementsOf(fields);
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document(name));
    }

    private static JsonNode document(String name) throws IOException {
        try (InputStream in = SchemasTest.class.getResourceAsStream("/simulate/" + name + ".schema.json")) {
            return Api.JSON.readTree(in);
        }
    }
}
