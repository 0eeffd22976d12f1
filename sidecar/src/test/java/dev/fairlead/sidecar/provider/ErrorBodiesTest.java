package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes, cuts and garbage. */
class ErrorBodiesTest {
    private static final ProviderProfiles PROFILES = ProviderProfiles.load();
    private static final String QUOTA = "{\"message\":\"m\",\"type\":\"insufficient_quota\",\"code\":null}";

    private final ErrorBodyReader reader = new ErrorBodyReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":" + QUOTA + "}",
                "[{\"error\":" + QUOTA + "}]",
                "{\"error\":{\"error\":" + QUOTA + ",\"code\":402},\"code\":402}",
                QUOTA,
                "  \n\t{\"error\":" + QUOTA + "}",
                "\uFEFF{\"error\":" + QUOTA + "}",
                "data: {\"error\":" + QUOTA + "}\n\n",
                "event: error\ndata: {\"type\":\"error\",\"error\":" + QUOTA + "}\n\n",
                "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":" + QUOTA + "}}",
                "{\"errors\":[" + QUOTA + "]}",
                "{\"error\":" + QUOTA + ",\"cut\":\"here",
                "{\"error\":" + QUOTA + "}}}}garbage"
            })
    void codeIsFoundInEveryEnvelope(String body) {
        assertThat(openAi(429, body).clazz()).isEqualTo(FailureClass.QUOTA);
    }

    @Test
    void whatTheCallerWroteIsNotEvidence() {
        String echo =
                "{\"error\":{\"message\":\"bad tool call\",\"type\":\"invalid_request_error\",\"failed_generation\":\"rate limit\","
                        + "\"context\":{\"code\":\"insufficient_quota\",\"message\":\"no credits remaining\"}},"
                        + "\"input\":{\"error\":{\"code\":\"invalid_api_key\"}}}";
        assertThat(openAi(400, echo).clazz()).isEqualTo(FailureClass.CALLER_FAULT);
    }

    @Test
    void onlyWhoHasReadTheRequestHasTakenTheKey() {
        String invalid =
                "{\"error\":{\"message\":\"temperature must be a number\",\"type\":\"invalid_request_error\"}}";
        assertThat(openAi(400, invalid).has(Tag.AUTHENTICATED)).isTrue();
        assertThat(openAi(422, invalid).has(Tag.AUTHENTICATED)).isTrue();
        assertThat(openAi(400, "Bad Request").has(Tag.AUTHENTICATED)).isFalse();
        for (int status : new int[] {403, 405, 413}) {
            assertThat(openAi(status, invalid).clazz()).isEqualTo(FailureClass.CALLER_FAULT);
            assertThat(openAi(status, invalid).has(Tag.AUTHENTICATED))
                    .as("" + status)
                    .isFalse();
        }
    }

    @Test
    void deepNestingEndsTheReadingNotTheThread() {
        String deep = "{\"error\":".repeat(20_000) + QUOTA;
        assertThat(openAi(429, deep).clazz()).isEqualTo(FailureClass.RATE_LIMIT);
        assertThat(openAi(500, "[".repeat(60_000)).clazz()).isEqualTo(FailureClass.SERVER);
        assertThat(openAi(400, "{\"error\":{\"details\":" + "[".repeat(30_000)).clazz())
                .isEqualTo(FailureClass.CALLER_FAULT);
    }

    @Test
    void onlyTheFirst64KibAreLookedAt() {
        String padding = "{\"padding\":\"" + "x".repeat(ErrorClassifier.MAX_BODY_BYTES) + "\",";
        assertThat(openAi(429, padding + "\"error\":" + QUOTA + "}").clazz()).isEqualTo(FailureClass.RATE_LIMIT);
    }

    @Test
    void codeBeforeTheCutCounts() {
        String cut = "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"" + "x".repeat(100_000);
        assertThat(openAi(429, cut).clazz()).isEqualTo(FailureClass.QUOTA);
    }

    @Test
    void absentBodyIsAnEmptyOne() {
        ErrorClassifier classifier = PROFILES.get("OpenAI").classifier();
        assertThat(classifier.classify(429, HeaderLookup.NONE, null, CallerWords.NONE, 0))
                .isEqualTo(classifier.classify(429, HeaderLookup.NONE, new byte[0], CallerWords.NONE, 0));
    }

    @Test
    void htmlIsKnownByItsBeginningOrItsType() {
        assertThat(reader.read(502, HeaderLookup.NONE, bytes("\n<!DOCTYPE html><p>rate limit</p>")))
                .returns(BodyKind.HTML, ErrorFacts::kind)
                .returns("", ErrorFacts::text);
        assertThat(reader.read(502, Map.of("content-type", "text/HTML")::get, bytes("<center>"))
                        .kind())
                .isEqualTo(BodyKind.HTML);
        assertThat(reader.read(502, Map.of("content-type", "text/html")::get, bytes("{}"))
                        .kind())
                .isEqualTo(BodyKind.JSON);
    }

    @Test
    void everyShapeOfMessageIsRead() {
        assertThat(reader.read(
                                400,
                                HeaderLookup.NONE,
                                bytes("{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"Field\u2019s\"}]}"))
                        .text())
                .isEqualTo("field's");
        assertThat(reader.read(400, HeaderLookup.NONE, bytes("{\"error\":\"Plain\",\"code\":30011}")))
                .returns("plain", ErrorFacts::text)
                .satisfies(f -> assertThat(f.codes()).containsExactly("30011"));
        assertThat(reader.read(400, HeaderLookup.NONE, bytes("{\"Message\":\"Loud\",\"__type\":\"a.b#FooException\"}")))
                .returns("loud", ErrorFacts::text)
                .satisfies(f -> assertThat(f.codes()).containsExactly("fooexception"));
        assertThat(reader.read(500, HeaderLookup.NONE, bytes("plain WORDS")).text())
                .isEqualTo("plain words");
    }

    @Test
    void statusInsideASuccessfulStreamCounts() {
        assertThat(openAi(200, "{\"error\":{\"code\":401,\"message\":\"x\"}}").clazz())
                .isEqualTo(FailureClass.CREDENTIAL);
        assertThat(openAi(404, "{\"error\":{\"code\":401,\"message\":\"the model x\"}}")
                        .clazz())
                .isEqualTo(FailureClass.MODEL_ACCESS);
    }

    @Property
    void anyBytesGetAVerdict(
            @ForAll byte[] body,
            @ForAll @IntRange(min = -1, max = 1000) int status,
            @ForAll String header,
            @ForAll long now) {
        for (String type : PROFILES.types()) {
            assertSound(PROFILES.get(type).classifier().classify(status, name -> header, body, CallerWords.NONE, now));
        }
    }

    @Property
    void anyDamageToARealBodyGetsAVerdict(
            @ForAll("recorded") byte[] body,
            @ForAll @IntRange(min = 0, max = 4000) int at,
            @ForAll byte with,
            @ForAll boolean cut) {
        byte[] damaged = cut ? Arrays.copyOf(body, Math.min(at, body.length)) : body.clone();
        if (damaged.length > 0) {
            damaged[at % damaged.length] = with;
        }
        for (int status : new int[] {200, 400, 403, 404, 429, 500, 503}) {
            assertSound(PROFILES.get("OpenAICompatible")
                    .classifier()
                    .classify(status, HeaderLookup.NONE, damaged, CallerWords.NONE, Corpus.NOW));
        }
    }

    @Property
    void anyRetryHeaderGetsAVerdict(@ForAll("waits") String wait, @ForAll("waits") String reset, @ForAll long now) {
        Map<String, String> headers = Map.of(
                "retry-after",
                wait,
                "retry-after-ms",
                wait,
                "x-ratelimit-remaining-requests",
                "0",
                "x-ratelimit-reset-requests",
                reset);
        byte[] body = bytes("{\"error\":{\"message\":\"try again in " + reset.replaceAll("[\"\\\\]", "") + "\"}}");
        assertSound(PROFILES.get("OpenAI").classifier().classify(429, headers::get, body, CallerWords.NONE, now));
    }

    @Provide
    Arbitrary<byte[]> recorded() {
        return Arbitraries.of(Corpus.errors()).map(Corpus::body);
    }

    @Provide
    Arbitrary<String> waits() {
        return Arbitraries.strings().withChars("0123456789.-+:,TZGMTnusmhdé ").ofMaxLength(40);
    }

    private static void assertSound(Verdict verdict) {
        assertThat(verdict.ruleId()).isNotBlank();
        verdict.resetMs().ifPresent(ms -> assertThat(ms).isBetween(1L, Resets.LONGEST_MS));
    }

    private static Verdict openAi(int status, String body) {
        return PROFILES.get("OpenAI")
                .classifier()
                .classify(status, HeaderLookup.NONE, bytes(body), CallerWords.NONE, Corpus.NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
