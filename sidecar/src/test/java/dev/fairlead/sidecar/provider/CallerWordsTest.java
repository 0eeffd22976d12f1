package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fairlead.sidecar.config.CoolDownRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One caller's words, repeated by a provider, must not take a key, an account or a model from the others. */
class CallerWordsTest {
    private static final ProviderProfiles PROFILES = ProviderProfiles.load();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<FailureClass> HARMLESS =
            Set.of(FailureClass.CALLER_FAULT, FailureClass.CONTENT_POLICY, FailureClass.CONTEXT_WINDOW);
    private static final List<Integer> STATUSES = List.of(400, 403, 412, 422);
    private static final String LONG = "A customer of our bank writes at length about much. ".repeat(8);
    private static final String ANTHROPIC_EMPTY =
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.";

    /** How providers name what they do not take. */
    private static final List<String> ECHOES = List.of(
            "Invalid value: '%s'. Supported values are: 'system', 'assistant', 'user'.",
            "Unrecognized request argument supplied: %s",
            "%s: Extra inputs are not permitted",
            "Invalid JSON payload received. Unknown name \"%s\": Cannot find field.",
            "`%s` is not one of `user`, `assistant`",
            "Additional properties are not allowed ('%s' was unexpected)");

    private static final List<String> ENVELOPES = List.of(
            "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}",
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"%s\"}}",
            "[{\"error\":{\"code\":400,\"message\":\"%s\",\"status\":\"INVALID_ARGUMENT\"}}]",
            "{\"detail\":[{\"type\":\"enum\",\"loc\":[\"body\",\"messages\",0],\"msg\":\"%s\"}]}");

    @Property
    void whatIsRepeatedTakesNothingFromOthers(
            @ForAll("phrases") String phrase,
            @ForAll("echoes") String echo,
            @ForAll("envelopes") String envelope,
            @ForAll("calls") String call,
            @ForAll("types") String type,
            @ForAll @IntRange(min = 0, max = 3) int status) {
        String message = echo.formatted(phrase);
        String body = envelope.formatted(quoted(message));
        Verdict verdict = PROFILES.get(type)
                .classifier()
                .classify(
                        STATUSES.get(status),
                        HeaderLookup.NONE,
                        bytes(body),
                        called(call.formatted(quoted(phrase))),
                        Corpus.NOW);
        assertThat(verdict.scope()).isEqualTo(Scope.NOTHING);
        assertThat(HARMLESS).as("%s", verdict).contains(verdict.clazz());
    }

    @Property
    void whatIsCutTakesNothingFromOthersEither(
            @ForAll("phrases") String phrase,
            @ForAll("echoes") String echo,
            @ForAll("around") String before,
            @ForAll("around") String after,
            @ForAll("cuts") UnaryOperator<String> cut,
            @ForAll boolean escapedTwice) {
        String text = before + phrase + after;
        String repeated = cut.apply(text);
        Assume.that(repeated.contains(phrase));
        String shown = escapedTwice ? quoted(repeated) : repeated;
        String body = ENVELOPES.get(0).formatted(quoted(echo.formatted(shown)));
        assertThat(classify(400, body, holding(text)).scope()).isEqualTo(Scope.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You answer questions about the customer's credit balance.",
                "Tell what the customer's credit balance is.",
                "Credit balance",
                "credit balance questions only",
                "What do I do when my credit balance is too low?",
                "Your credit balance",
                "credit balance is",
                "Do not say \"credit balance\", say \"money\"."
            })
    void aPromptThatIsTheSameInAllCallsHidesNoEmptyAccount(String prompt) {
        assertThat(anthropic(ANTHROPIC_EMPTY, holding(prompt)).clazz()).isEqualTo(FailureClass.QUOTA);
    }

    @Test
    void theCallIsReadOnceHoweverManyPhrasesTheMessageHolds() {
        var passes = new AtomicInteger();
        String several = "Credit balance, spend limit, out of credits, invalid api key, unknown model, spending limit";
        assertThat(anthropic("Invalid role: '" + several + "'", counted(several, passes))
                        .clazz())
                .isEqualTo(FailureClass.CALLER_FAULT);
        assertThat(passes).hasValue(1);
    }

    @Test
    void theCallIsNotReadForAMessageWithoutPhrases() {
        var passes = new AtomicInteger();
        assertThat(anthropic("Invalid role: 'x'", counted("x", passes)).clazz()).isEqualTo(FailureClass.CALLER_FAULT);
        assertThat(passes).hasValue(0);
    }

    @Test
    void aMessageThatTakesLongToCompareMayBeAnything() {
        String ruled = "\"a".repeat(7_000) + " credit balance";
        assertThat(anthropic(ruled, holding("b".repeat(10_000))).clazz()).isEqualTo(FailureClass.QUOTA);
        assertThat(anthropic(ruled, holding("a a ".repeat(10_000))).clazz()).isEqualTo(FailureClass.CALLER_FAULT);
    }

    @Test
    void thePropertyHasPhrasesToTry() {
        assertThat(phraseList())
                .hasSizeGreaterThan(80)
                .contains("credit balance", "invalid api key", "not available in your region", "unknown model");
    }

    @Test
    void whatTheProviderSaysOfItselfCountsThoughTheCallSpeaksOfTheSame() {
        String call = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + LONG + "My credit balance is wrong. " + LONG
                + "\"}]}";
        assertThat(anthropic(ANTHROPIC_EMPTY, called(call)).clazz()).isEqualTo(FailureClass.QUOTA);
    }

    @Test
    void aLongTextIsRepeatedFromItsBeginningOrToItsEnd() {
        String begins = "\ncredit balance\n" + LONG;
        String ends = LONG + "\n\"credit balance\"";
        assertThat(anthropic("Invalid role: " + quoted(begins.substring(0, 60)) + "...", holding(begins)))
                .returns(FailureClass.CALLER_FAULT, Verdict::clazz);
        assertThat(anthropic("Invalid role: ..." + quoted(ends.substring(200)), holding(ends)))
                .returns(FailureClass.CALLER_FAULT, Verdict::clazz);
    }

    @Test
    void spellingInEscapesHidesNothing() {
        String call = "{\"\\u0063redit b\\u0061lance\":1}";
        assertThat(anthropic("credit balance: Extra inputs are not permitted", called(call)))
                .returns(FailureClass.CALLER_FAULT, Verdict::clazz);
    }

    @Test
    void headersOfTheCallerAreRepeatedToo() {
        var words = new CallerWords(bytes("{}"), List.of("openai-beta", "credit balance=v1"));
        assertThat(anthropic("Unexpected value `credit balance=v1`", words).clazz())
                .isEqualTo(FailureClass.CALLER_FAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":", "[[[[", "\u0000"})
    void aCallThatCannotBeReadMayHoldAnything(String call) {
        assertThat(anthropic(ANTHROPIC_EMPTY, called(call)).clazz()).isEqualTo(FailureClass.CALLER_FAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages[0].role", "input", "stream"})
    void whoPointsAtAParameterSpeaksOfTheRequest(String param) {
        String body = "{\"error\":{\"message\":\"Error while downloading https://a.example/x: out of credits\","
                + "\"type\":\"invalid_request_error\",\"param\":\"" + param + "\",\"code\":null}}";
        assertThat(classify(400, body, called("{}")).clazz()).isEqualTo(FailureClass.CALLER_FAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"None\"", "\"\""})
    void noParameterIsPointedAtByNone(String param) {
        String body = "{\"error\":{\"message\":\"" + ANTHROPIC_EMPTY + "\",\"param\":" + param + "}}";
        assertThat(classify(400, body, called("{}")).clazz()).isEqualTo(FailureClass.QUOTA);
    }

    @Test
    void aRuleOfTheOwnerIsNotLedAstrayEither() {
        var rule = new CoolDownRule(List.of("400"), List.of(), List.of("plan is used up"), "quota", "group", null);
        var classifier = PROFILES.get("OpenAI").withRules(List.of(rule)).classifier();
        var echo = bytes("{\"error\":{\"message\":\"Unrecognized request argument supplied: plan is used up\"}}");
        assertThat(classifier
                        .classify(400, HeaderLookup.NONE, echo, called("{\"plan is used up\":1}"), Corpus.NOW)
                        .clazz())
                .isEqualTo(FailureClass.CALLER_FAULT);
        assertThat(classifier
                        .classify(400, HeaderLookup.NONE, echo, called("{}"), Corpus.NOW)
                        .clazz())
                .isEqualTo(FailureClass.QUOTA);
    }

    @Provide
    Arbitrary<String> phrases() {
        return Arbitraries.of(phraseList());
    }

    @Provide
    Arbitrary<String> echoes() {
        return Arbitraries.of(ECHOES);
    }

    @Provide
    Arbitrary<String> envelopes() {
        return Arbitraries.of(ENVELOPES);
    }

    @Provide
    Arbitrary<String> calls() {
        return Arbitraries.of(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"%s\",\"content\":\"Hi\"}]}",
                "{\"%s\":1,\"messages\":[]}",
                "{\"tools\":[{\"type\":\"x\",\"%s\":{\"a\":[]}}]}",
                "{\"metadata\":{\"purpose\":\"%s\"}}");
    }

    /** What stands before and after the phrase in a text, among it what a template goes on with and what is escaped. */
    @Provide
    Arbitrary<String> around() {
        return Arbitraries.of("", " ", "My ", "\n", "\t\"", "\\", "x, y. ", "' was", "\u00e9\u4f59 ", LONG);
    }

    @Provide
    Arbitrary<UnaryOperator<String>> cuts() {
        return Arbitraries.of(
                UnaryOperator.identity(),
                text -> text.substring(0, Math.min(60, text.length())) + "...",
                text -> "..." + text.substring(Math.max(0, text.length() - 60)));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(PROFILES.types());
    }

    /** Every phrase by which a rule may take something away at a status at which providers repeat what they got. */
    private static List<String> phraseList() {
        List<String> phrases = new ArrayList<>();
        List<String> files = new ArrayList<>(List.of("shared-rules"));
        files.addAll(PROFILES.types());
        for (String file : files) {
            try (InputStream in = ProviderProfiles.class.getResourceAsStream(file + ".json")) {
                for (JsonNode rule : JSON.readTree(in).path("rules")) {
                    if (mayTakeAway(rule)) {
                        rule.path("message").forEach(p -> phrases.add(p.asText()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return phrases;
    }

    private static boolean mayTakeAway(JsonNode rule) {
        List<String> written = new ArrayList<>();
        rule.path("status").forEach(status -> written.add(status.asText()));
        var clazz = FailureClass.valueOf(rule.get("class").asText().toUpperCase(Locale.ROOT));
        return !HARMLESS.contains(clazz) && STATUSES.stream().anyMatch(StatusRanges.of(written)::contains);
    }

    private static CallerWords holding(String text) {
        try {
            return called(JSON.writeValueAsString(Map.of("role", text)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CallerWords counted(String text, AtomicInteger passes) {
        return new CallerWords(bytes("{\"role\":\"" + text + "\"}"), new AbstractList<>() {
            @Override
            public CharSequence get(int index) {
                passes.incrementAndGet();
                return "x";
            }

            @Override
            public int size() {
                return 1;
            }
        });
    }

    private static Verdict anthropic(String message, CallerWords words) {
        return classify(
                400,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"" + quoted(message)
                        + "\"}}",
                words);
    }

    private static Verdict classify(int status, String body, CallerWords words) {
        return PROFILES.get("OpenAICompatible")
                .classifier()
                .classify(status, HeaderLookup.NONE, bytes(body), words, Corpus.NOW);
    }

    private static CallerWords called(String body) {
        return new CallerWords(bytes(body), List.of());
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
