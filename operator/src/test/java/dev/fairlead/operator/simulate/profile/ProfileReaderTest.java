package dev.fairlead.operator.simulate.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileReaderTest {

    private final ProfileReader reader = new ProfileReader();

    @Test
    void theBuiltInProfileLetsEveryKeyIn() {
        Profile profile = reader.builtIn();
        assertThat(profile.derivedAccounts().limits().requestsPerMinute()).isEqualTo(500);
        assertThat(profile.derivedAccounts().limits().tokensPerMinute()).isEqualTo(200_000);
        assertThat(profile.model("gpt-4o")).isPresent();
        assertThat(profile.model("gpt-4o-2024-08-06")).isPresent();
        assertThat(profile.model("gpt-9")).isEmpty();
    }

    @Test
    void everyFieldIsRead() throws Exception {
        Profile profile = reader.parse("p.yaml", """
                seed: 7
                completionTokens: 32
                logSize: 10
                maxRequestBytes: 2048
                models:
                  - fast-chat
                  - {id: vectors, kind: Embedding, dimensions: 8, ownedBy: me, contextWindow: 100}
                  - {id: long, snapshot: long-1, completionTokens: 99}
                accounts:
                  - name: a
                    organization: org-a
                    keys: [sk-1, {name: second, key: sk-2}]
                    balanceTokens: 5
                    quotaExhausted: true
                    models: [fast-chat]
                    latency: {firstByte: 1.5s, perChunk: 20, chunks: 3, jitter: 0.5}
                    limits:
                      requestsPerMinute: 1
                      tokensPerMinute: 2
                      requestsPerDay: 3
                      concurrency: 4
                      admission: TokenBucket
                      burst: 5
                      burstTokens: 6
                      scope: Model
                      chargeRejected: true
                consumers:
                  - {account: a, model: fast-chat, requestsPerMinute: 8, tokensPerRequest: 9}
                """);
        AccountProfile account = profile.accounts().get(0);
        assertThat(account.limits())
                .isEqualTo(new LimitsProfile(
                        1L, 2L, 3L, 4, AdmissionRule.TokenBucket, 5L, 6L, null, LimitScope.Model, true));
        assertThat(account.latency()).isEqualTo(new LatencyProfile(new Millis(1500), new Millis(20), 3, 0.5));
        assertThat(account.keys()).extracting(KeyProfile::name).containsExactly("key-1", "second");
        assertThat(account.balanceTokens()).isEqualTo(5);
        assertThat(account.quotaExhausted()).isTrue();
        assertThat(profile.models().get(1).kind()).isEqualTo(ModelKind.Embedding);
        assertThat(profile.models().get(2).completionTokens()).isEqualTo(99);
        assertThat(profile.consumers().get(0)).isEqualTo(new ConsumerProfile("a", "fast-chat", 8L, 9L));
        assertThat(profile.seed()).isEqualTo(7);
        assertThat(profile.logSize()).isEqualTo(10);
        assertThat(profile.maxRequestBytes()).isEqualTo(2048);
    }

    @Test
    void jsonIsReadAsWell() throws Exception {
        String json = "{\n\t\"accounts\": [{\"name\": \"a\", \"keys\": [\"sk-1\"]}]\n}";
        assertThat(reader.parse("p.json", json).accounts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "seed: x | p.yaml:1: seed: expected a whole number",
                "sed: 1 | p.yaml:1: sed: unknown field; known are accounts, completionTokens, consumers,"
                        + " derivedAccounts, latency, logSize, maxRequestBytes, models, seed",
                "accounts: [{name: a, keys: [k], limits: {requestsPerMinute: 0}}] | p.yaml:1: accounts[0].limits:"
                        + " requestsPerMinute: got 0, expected a whole number from 1 to 10000000",
                "accounts: [{name: a, keys: [k], limits: {requestsPerMinute: '6'}}] | p.yaml:1:"
                        + " accounts[0].limits.requestsPerMinute: expected a whole number",
                "accounts: [{name: a, keys: [k], limits: {admission: Leaky}}] | p.yaml:1: accounts[0].limits.admission:"
                        + " got 'Leaky', expected one of [TokenBucket, Quantised, FixedWindow]",
                "accounts: [{name: a, keys: [k], limits: {burst: 5, requestsPerMinute: 5, admission: FixedWindow}}] |"
                        + " p.yaml:1: accounts[0].limits: burst: needs TokenBucket, requestsPerMinute",
                "accounts: [{name: a, keys: [k], limits: {admission: Quantised, quantumSeconds: 7}}] | p.yaml:1:"
                        + " accounts[0].limits: quantumSeconds: got 7, expected a divisor of 60",
                "accounts: [{name: a}] | p.yaml:1: accounts[0]: keys: account 'a' needs at least one key",
                "accounts: [{name: a, keys: [k]}, {name: a, keys: [l]}] | p.yaml:1: accounts: two accounts are named"
                        + " 'a'",
                "accounts: [{name: a, keys: [topsecret]}, {name: b, keys: [topsecret]}] | p.yaml:1: accounts: a key of"
                        + " account 'b' is listed twice; a key belongs to one account",
                "accounts: [{name: a, keys: [k], models: [gpt-9]}] | p.yaml:1: accounts: account 'a' may use model"
                        + " 'gpt-9', which is not in models",
                "consumers: [{account: b, requestsPerMinute: 5}] | p.yaml:1: consumers: account 'b' does not exist;"
                        + " accounts are []",
                "latency: {firstByte: 5 seconds} | p.yaml:1: latency.firstByte: got '5 seconds', expected a time such"
                        + " as 250ms, 1.5s, 2m or 1h",
                "latency: {jitter: 2} | p.yaml:1: latency: jitter: got 2.0, expected 0 to 1",
                "models: [a, a] | p.yaml:1: models: 'a' is listed twice"
            })
    void whatCannotBeMeantIsRefusedWithItsPlace(String yaml, String complaint) {
        assertThatThrownBy(() -> reader.parse("p.yaml", yaml))
                .isInstanceOf(ProfileException.class)
                .hasMessage(complaint);
    }

    @Test
    void theLineIsThatOfTheMistake() {
        assertThatThrownBy(() -> reader.parse("p.yaml", "seed: 1\nlogSize: 5\nlatency:\n  fistByte: 5ms\n"))
                .hasMessageStartingWith("p.yaml:4: latency.fistByte: unknown field");
        assertThatThrownBy(() -> reader.parse("p.yaml", "seed: 1\nseed: 2\n")).hasMessageStartingWith("p.yaml:2: ");
        assertThatThrownBy(() -> reader.parse("p.yaml", "seed: 1\nmodels: [\n")).hasMessageStartingWith("p.yaml:2: ");
    }

    @Test
    void filesThatCannotBeReadAreNamed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("p.yaml");
        assertThatThrownBy(() -> reader.read(file)).hasMessage(file + ": there is no such file");
        Files.write(file, new byte[] {(byte) 0xC3, 0x28});
        assertThatThrownBy(() -> reader.read(file)).hasMessage(file + ": is not UTF-8 text");
        Files.write(file, "\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> reader.read(file)).hasMessageContaining(": is empty");
    }

    @Test
    void aKeyIsNotShown() {
        assertThat(new KeyProfile("n", "sk-secret")).hasToString("KeyProfile[name=n]");
    }
}
