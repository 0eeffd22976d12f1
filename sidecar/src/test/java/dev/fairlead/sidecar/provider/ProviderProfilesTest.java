package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderProfilesTest {
    private final ProviderProfiles profiles = ProviderProfiles.load();

    @Test
    void everyFileOfTheFolderIsAProfile() throws IOException, URISyntaxException {
        Path folder = Path.of(ProviderProfiles.class.getResource("index.json").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(".json") && !n.equals("index.json") && !n.equals("shared-rules.json"))
                    .map(n -> n.substring(0, n.length() - ".json".length()))
                    .toList();
            assertThat(profiles.types()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void everyProfileCanBeCalled() {
        for (String type : profiles.types()) {
            ProviderProfile profile = profiles.get(type);
            assertThat(profile.type()).isEqualTo(type);
            assertThat(profile.auth().value("sk-1")).isEqualTo("Bearer sk-1");
            assertThat(profile.endpoints().chat()).startsWith("/");
            assertThat(profile.endpoints().models()).startsWith("/");
            if (!type.equals("OpenAICompatible")) {
                assertThat(profile.defaultBaseUrl()).startsWith("http").doesNotEndWith("/");
            }
        }
    }

    @Test
    void unknownTypeIsNamedTogetherWithWhatThereIs() {
        assertThatThrownBy(() -> profiles.get("Foo"))
                .isInstanceOf(UnknownProviderException.class)
                .hasMessageContaining("provider type 'Foo'")
                .hasMessageContaining("Groq, Mistral")
                .hasMessageContaining("OpenAICompatible with its baseUrl");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, /chat/completions, /chat/completions",
        "http://ollama:11434, /v1/models, /v1/models",
        "http://ollama:11434/v1, /v1/models, /models",
        "http://ollama:11434/llm-v1, /v1/models, /v1/models",
        "http://host/models, /models, /models",
        "http://host/v1,,"
    })
    void versionInRootAndPathIsWrittenOnce(String root, String path, String below) {
        assertThat(ProviderProfile.pathBelow(root, path)).isEqualTo(below);
    }

    @Test
    void requestIdIsTheFirstThatIsThere() {
        ProviderProfile mistral = profiles.get("Mistral");
        assertThat(mistral.requestId(Map.of("x-kong-request-id", "k")::get)).isEqualTo("k");
        assertThat(mistral.requestId(Map.of("x-kong-request-id", "k", "mistral-correlation-id", "m")::get))
                .isEqualTo("m");
        assertThat(mistral.requestId(HeaderLookup.NONE)).isNull();
    }

    @Test
    void verdictRefusesAResetThatIsNoWait() {
        assertThatThrownBy(() -> new Verdict(FailureClass.SERVER, Scope.ENDPOINT, OptionalLong.of(0), Set.of(), "x"))
                .hasMessage("resetMs must be at least 1, got 0");
        assertThat(Verdict.of(FailureClass.TRANSPORT, "refused").scope()).isEqualTo(Scope.ENDPOINT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'displayName':'X',  | (gone)                  | X.json: $.displayName is missing",
                "'rules':            | 'oauth':1,'rules':      | X.json: $.oauth is not a known field",
                "stream_options      | sometimes               | X.json: $.usageInStream is 'sometimes', expected one of stream_options, always, none",
                "'type':'X'          | 'type':'Y'              | X.json: $.type is 'Y', expected the file's name 'X'",
                "'429'               | 'often'                 | X.json: $.rules[0] (rule 'r'): status 'often' must be a number",
                "'a*'                | '*'                     | X.json: $.rules[0] (rule 'r'): code '*' must be a word",
                "'hints'             | 'midnight'              | X.json: $.rules[0] (rule 'r'): reset 'midnight' must be none",
                "'hints'             | 'midnight Nowhere/City' | X.json: $.rules[0] (rule 'r'): Unknown time-zone ID",
                "'class':'server',   | (gone)                  | X.json: $.rules[0].class is missing",
                "['429']             | '429'                   | X.json: $.rules[0].status must be a list",
                "'429'               | 429                     | X.json: $.rules[0].status must be a list of strings",
                "{'chat':'/c'}       | '/c'                    | X.json: $.endpoints must be an object",
                "'displayName':'X',  | 'displayName':1,        | X.json: $.displayName must be a string",
                "'class':            | 'larger':'no','class':  | X.json: $.rules[0].larger must be true or false",
                "]}                  | ]                       | X.json: Unexpected end-of-input",
                "'server'            | 'sorver'                | X.json: $.rules[0].class is 'sorver'",
            })
    void brokenFileIsNamedWithThePlace(String good, String bad, String problem) {
        String file = "{'type':'X','displayName':'X','auth':{'name':'a','format':'{key}'},'endpoints':{'chat':'/c'},"
                + "'usageInStream':'stream_options','rules':[{'id':'r','class':'server','status':['429'],'code':['a*'],'reset':'hints'}]}";
        assertThat(load(file).get("X").defaultBaseUrl()).isNull();
        assertThat(file).contains(good);
        String broken = file.replace(good, bad.equals("(gone)") ? "" : bad);
        assertThatThrownBy(() -> load(broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> new ProfileReader(name -> null).readAll())
                .hasMessage("shared-rules.json: not found in the build beside index.json");
    }

    private static Map<String, ProviderProfile> load(String profile) {
        Map<String, String> files = new HashMap<>();
        files.put("index.json", "{\"types\":[\"X\"]}");
        files.put("shared-rules.json", "{\"rules\":[]}");
        files.put("X.json", profile.replace('\'', '"'));
        return new ProfileReader(
                        name -> new ByteArrayInputStream(files.get(name).getBytes(StandardCharsets.UTF_8)))
                .readAll();
    }
}
