package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Compiled.acks;
import static dev.fairlead.operator.reconcile.Compiled.message;
import static dev.fairlead.operator.reconcile.Compiled.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolStatus;
import dev.fairlead.api.v1alpha1.KeyState;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.reconcile.Transitions.News;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyPoolStatusesTest {
    private static final String SECRET = """
            ---
            kind: Secret
            metadata: {name: keys, namespace: team-a}
            stringData: {a: sk-aaaa, b: sk-bbbb, again: sk-aaaa}
            """;

    private final MutableClock clock = new MutableClock();
    private final KeyPoolStatuses statuses = new KeyPoolStatuses(clock, Standings.NONE);

    @Test
    void aPoolWhoseKeysAreAllThereIsReady() {
        var status = of(pool("""
                {name: a, secretRef: {name: keys, key: a}}""", """
                {name: b, secretRef: {name: keys, key: b}}"""));
        assertThat(status.getConditions())
                .extracting(Condition::getType)
                .containsExactlyInAnyOrder(
                        "Accepted", "ResolvedRefs", "Programmed", "Ready", "Stalled", "KeysAvailable");
        assertThat(status.getConditions()).allSatisfy(condition -> {
            assertThat(condition.getObservedGeneration()).isEqualTo(1);
            assertThat(condition.getLastTransitionTime()).isEqualTo("2026-06-01T12:00:00Z");
            assertThat(condition.getMessage()).endsWith(".");
        });
        assertThat(status.getObservedGeneration()).isEqualTo(1);
        assertThat(said(status.getConditions(), ConditionType.ACCEPTED)).isEqualTo("True/Accepted");
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("True/ResolvedRefs");
        assertThat(said(status.getConditions(), ConditionType.PROGRAMMED)).isEqualTo("True/NoSidecars");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
        assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("False/NotStalled");
        assertThat(said(status.getConditions(), ConditionType.KEYS_AVAILABLE)).isEqualTo("True/KeysAvailable");
        assertThat(status.getKeys().getSummary()).isEqualTo("2/2");
        assertThat(status.getSidecars()).isEqualTo("0/0");
    }

    @Test
    void whatIsLeftIsToldLessOftenThanHowKeysFareButWithinFiveSecondsOfItsReport() {
        var pool = pool("""
                {name: a, secretRef: {name: keys, key: a}}""");
        var before = of(pool);
        var now = of(pool);
        now.setHeadroomPercent(50);
        now.setExhaustsIn("<10m");
        assertThat(statuses.pace(before, now)).isEqualTo(Duration.ofSeconds(4));
        now.setNextReset("2026-06-01T12:00:09Z");
        assertThat(statuses.pace(before, now)).isEqualTo(Duration.ofSeconds(2));
        assertThat(statuses.pace(null, now)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void everyKeyHasAStateThatSaysNoMoreThanItsFingerprint() {
        var status = of(pool("""
                {name: a, secretRef: {name: keys, key: a}, quotaGroup: acct-1}""", """
                {name: b, secretRef: {name: keys, key: b}, weight: 0}""", """
                {name: again, secretRef: {name: keys, key: again}}"""));
        assertThat(status.getKeyStates())
                .extracting(KeyState::getName, KeyState::getQuotaGroup, KeyState::getState, KeyState::getReason)
                .containsExactly(
                        tuple("a", "acct-1", "Available", null),
                        tuple("b", "b", "Draining", null),
                        tuple("again", "again", "Invalid", "DuplicateKey"));
        assertThat(status.getKeyStates().get(0).getFingerprint()).isEqualTo("705eb9722eaa");
        assertThat(status.getKeyStates().toString()).doesNotContain("sk-");
    }

    @Test
    void keysThatASelectorFindsCount() {
        var status = of("""
                kind: Secret
                metadata: {name: written, namespace: team-a, labels: {pool: openai}}
                stringData: {api-key: sk-aaaa, other: sk-bbbb}
                ---
                kind: Secret
                metadata: {name: found, namespace: team-a, labels: {pool: openai}}
                stringData: {api-key: "sk-cccc\\n"}
                ---
                kind: Secret
                metadata: {name: taken, namespace: team-a, labels: {pool: openai}}
                stringData: {api-key: sk-dddd}
                ---
                kind: KeyPool
                metadata: {name: openai, namespace: team-a}
                spec:
                  provider: {type: OpenAI}
                  keys: [{name: taken, secretRef: {name: written, key: other}}]
                  keySelector: {matchLabels: {pool: openai}}
                """);
        assertThat(status.getKeys().getSummary()).isEqualTo("3/3");
        assertThat(status.getKeyStates())
                .extracting(KeyState::getName)
                .as("no name twice, which an API server would refuse")
                .containsExactly("taken", "found", "written");
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("False/KeyNameTaken");
    }

    @Test
    void whatWasTrimmedIsANoteThatHindersNothing() {
        var status = of("""
                kind: Secret
                metadata: {name: keys, namespace: team-a}
                stringData: {api-key: "sk-aaaa\\n"}
                ---
                kind: KeyPool
                metadata: {name: openai, namespace: team-a}
                spec:
                  provider: {type: OpenAI}
                  keys: [{name: a, secretRef: {name: keys}}]
                """);
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("True/ResolvedRefs");
        assertThat(message(status.getConditions(), ConditionType.RESOLVED_REFS))
                .contains(
                        "But: spec.keys[0].secretRef key 'api-key' of Secret 'team-a/keys' is used without the line break");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
    }

    @Test
    void aMissingSecretIsNamedAndTheOtherKeysCount() {
        var status = of(pool("""
                {name: a, secretRef: {name: keys, key: a}}""", """
                {name: b, secretRef: {name: gone, key: b}}"""));
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("False/SecretNotFound");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/SecretNotFound");
        assertThat(message(status.getConditions(), ConditionType.READY))
                .isEqualTo("spec.keys[1].secretRef key 'b' is left out: Secret 'team-a/gone' does not exist.");
        assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("False/NotStalled");
        assertThat(said(status.getConditions(), ConditionType.KEYS_AVAILABLE)).isEqualTo("True/KeysAvailable");
        assertThat(status.getKeys().getSummary()).isEqualTo("1/2");
        assertThat(status.getKeys().getInvalid()).isEqualTo(1);
    }

    @Test
    void manyFindingsAreCountedAndTheMessageStaysShort() {
        var keys = new String[8];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "{name: k" + i + ", secretRef: {name: gone-" + "x".repeat(200) + ", key: k" + i + "}}";
        }
        var status = of(pool(keys));
        assertThat(message(status.getConditions(), ConditionType.RESOLVED_REFS))
                .contains("spec.keys[0].secretRef", "spec.keys[2].secretRef")
                .endsWith("(and 5 more).")
                .hasSizeLessThanOrEqualTo(Sentences.LONGEST);
        assertThat(said(status.getConditions(), ConditionType.KEYS_AVAILABLE)).isEqualTo("False/NoUsableKey");
        assertThat(status.getKeys().getSummary()).isEqualTo("0/8");
    }

    @Test
    void theSameKeyTwiceIsAHintAndCountsOnce() {
        var status = of(pool("""
                {name: a, secretRef: {name: keys, key: a}}""", """
                {name: b, secretRef: {name: keys, key: again}}"""));
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
        assertThat(message(status.getConditions(), ConditionType.RESOLVED_REFS))
                .contains("But: spec.keys[1] 'b' is left out");
        assertThat(status.getKeys().getSummary()).isEqualTo("1/2");
    }

    @Test
    void aPoolOfDrainedKeysHasNoKeyAvailableAndIsNotReady() {
        var status = of(pool("""
                {name: a, secretRef: {name: keys, key: a}, weight: 0}"""));
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("True/ResolvedRefs");
        assertThat(said(status.getConditions(), ConditionType.KEYS_AVAILABLE)).isEqualTo("False/NoUsableKey");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/NoUsableKey");
        assertThat(status.getKeys().getAvailable()).isZero();
        assertThat(status.getKeys().getInvalid()).isZero();
    }

    @Test
    void theEndOfAKeyIsAChangeThatNothingElseHasToBring() {
        var report = Compiled.report(KeyPool.class, pool("""
                {name: a, secretRef: {name: keys, key: a}, notAfter: "2026-06-01T12:00:10Z"}""", """
                {name: b, secretRef: {name: keys, key: b}, notAfter: "2026-07-01T00:00:00Z"}"""));
        assertThat(statuses.of(report, AckSummary.NONE, null).getKeys().getSummary())
                .isEqualTo("2/2");
        assertThat(statuses.changesAfter(report)).contains(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(10));
        var status = statuses.of(report, AckSummary.NONE, null);
        assertThat(status.getKeyStates()).extracting(KeyState::getState).containsExactly("Expired", "Available");
        assertThat(statuses.changesAfter(report))
                .as("a far end is looked at on the way")
                .contains(Duration.ofDays(1));
        clock.advance(Duration.ofDays(30));
        assertThat(said(statuses.of(report, AckSummary.NONE, null).getConditions(), ConditionType.KEYS_AVAILABLE))
                .isEqualTo("False/KeysRefused");
        assertThat(statuses.changesAfter(report)).isEmpty();
    }

    @Test
    void aPoolWithoutKeysCountsNone() {
        var status = of("""
                kind: KeyPool
                metadata: {name: local, namespace: team-a}
                spec: {provider: {type: Ollama, baseURL: "http://ollama:11434"}, auth: {type: None}}
                """);
        assertThat(said(status.getConditions(), ConditionType.ACCEPTED)).isEqualTo("True/Accepted");
        assertThat(said(status.getConditions(), ConditionType.KEYS_AVAILABLE)).isEqualTo("True/KeysAvailable");
        assertThat(status.getKeys()).isNull();
    }

    @Test
    void anUnknownProviderIsAnErrorThatOnlyAChangeMends() {
        var status = of("""
                kind: KeyPool
                metadata: {name: openai, namespace: team-a}
                spec: {provider: {type: Quantum}, keys: [{name: a, secretRef: {name: keys, key: a}}]}
                """ + SECRET);
        assertThat(said(status.getConditions(), ConditionType.ACCEPTED)).isEqualTo("False/UnknownProvider");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/UnknownProvider");
        assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("True/UnknownProvider");
        assertThat(said(status.getConditions(), ConditionType.PROGRAMMED)).isEqualTo("Unknown/NotAccepted");
        assertThat(message(status.getConditions(), ConditionType.READY)).startsWith("spec.provider.type ");
    }

    @Test
    void whatIsOnItsWayIsNotReadyYet() {
        var report = report();
        var status = statuses.of(report, acks(3, 2), null);
        assertThat(said(status.getConditions(), ConditionType.PROGRAMMED)).isEqualTo("Unknown/Distributing");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("Unknown/Distributing");
        assertThat(status.getSidecars()).isEqualTo("2/3");

        clock.advance(Duration.ofMinutes(1));
        var later = statuses.of(report, acks(3, 3), status);
        assertThat(said(later.getConditions(), ConditionType.PROGRAMMED)).isEqualTo("True/Programmed");
        assertThat(said(later.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
        assertThat(transition(later, ConditionType.READY)).isEqualTo("2026-06-01T12:01:00Z");
        assertThat(transition(later, ConditionType.ACCEPTED)).isEqualTo("2026-06-01T12:00:00Z");
    }

    @Test
    void whatWasAppliedOnceIsNotTakenBackBecauseAnotherObjectChanged() {
        var report = report();
        var applied = statuses.of(report, acks(3, 3), null);
        var meanwhile = statuses.of(report, acks(4, 0), applied);
        assertThat(said(meanwhile.getConditions(), ConditionType.PROGRAMMED)).isEqualTo("True/Programmed");
        assertThat(meanwhile.getSidecars()).isEqualTo("0/4");

        applied.getConditions().forEach(condition -> condition.setObservedGeneration(0L));
        assertThat(said(statuses.of(report, acks(4, 0), applied).getConditions(), ConditionType.PROGRAMMED))
                .as("a newer generation")
                .isEqualTo("Unknown/Distributing");
    }

    @Test
    void aPoolThatNobodyUsedIsDistributedWhenSomebodyDoes() {
        var report = report();
        var unused = statuses.of(report, AckSummary.NONE, null);
        assertThat(said(statuses.of(report, acks(1, 0), unused).getConditions(), ConditionType.PROGRAMMED))
                .isEqualTo("Unknown/Distributing");
    }

    @Test
    void aRejectionSaysHowManyWhereAndWhy() {
        var report = report();
        var applied = statuses.of(report, acks(815, 815), null);
        var rejected = new AckSummary(
                815,
                812,
                3,
                Optional.of(new AckSummary.Rejection(
                        new Workload("team-a", "Deployment/app", "default", Map.of()),
                        "pools[0].baseUrl",
                        "has no host")));
        var status = statuses.of(report, rejected, applied);
        assertThat(said(status.getConditions(), ConditionType.PROGRAMMED)).isEqualTo("False/RejectedBySidecar");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/RejectedBySidecar");
        assertThat(message(status.getConditions(), ConditionType.PROGRAMMED))
                .isEqualTo("812/815 connected sidecars have applied it, 3 cannot use it: pools[0].baseUrl has no host "
                        + "(Deployment/app in namespace 'team-a').");
    }

    @Test
    void aRedisThatSidecarsDoNotReachIsSaidWithHowManyAndAgainWhenItIsBack() {
        var standing = new AtomicReference<>(PoolStanding.UNKNOWN);
        var withRedis = new KeyPoolStatuses(clock, new Standings() {
            @Override
            public PoolStanding of(ObjectRef pool) {
                return standing.get();
            }

            @Override
            public void onChange(Runnable listener) {}
        });
        var report = Compiled.report(KeyPool.class, """
                kind: KeyPool
                metadata: {name: openai, namespace: team-a, generation: 1}
                spec:
                  provider: {type: OpenAI}
                  keys: [{name: a, secretRef: {name: keys, key: a}}]
                  coordination: {mode: Redis, redis: {address: "redis.cache:6379"}}
                """ + SECRET);
        var unused = withRedis.of(report, acks(5, 5), null);
        assertThat(said(unused.getConditions(), ConditionType.LIMITS_SHARED)).isEqualTo("True/LimitsShared");

        standing.set(new PoolStanding(5, List.of(), 0, -1, -1, 2, List.of()));
        var away = withRedis.of(report, acks(5, 5), unused);
        assertThat(said(away.getConditions(), ConditionType.LIMITS_SHARED)).isEqualTo("False/RedisUnreachable");
        assertThat(message(away.getConditions(), ConditionType.LIMITS_SHARED))
                .isEqualTo(
                        "2 of 5 sidecars do not reach the Redis at redis.cache:6379 and go on with their last shares.");
        assertThat(said(away.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
        assertThat(Transitions.between(unused.getConditions(), away.getConditions()))
                .extracting(News::type, News::reason)
                .containsExactly(tuple("Warning", "RedisUnreachable"));

        standing.set(PoolStanding.PENDING);
        var newLeader = withRedis.of(report, acks(5, 5), away);
        assertThat(said(newLeader.getConditions(), ConditionType.LIMITS_SHARED))
                .as("nobody has said anything to it yet")
                .isEqualTo("False/RedisUnreachable");

        standing.set(new PoolStanding(5, List.of(), 0, -1, -1, 0, List.of()));
        var back = withRedis.of(report, acks(5, 5), newLeader);
        assertThat(said(back.getConditions(), ConditionType.LIMITS_SHARED)).isEqualTo("True/LimitsShared");
        assertThat(Transitions.between(newLeader.getConditions(), back.getConditions()))
                .extracting(News::type, News::reason)
                .containsExactly(tuple("Normal", "LimitsShared"));
    }

    @Test
    void whatASidecarSaysStaysOnOneLineAndShort() {
        var rejected = new AckSummary(
                1,
                0,
                1,
                Optional.of(new AckSummary.Rejection(
                        new Workload("team-a", "Job/x", "default", Map.of()), "a\nb", "m".repeat(5000))));
        var status = statuses.of(report(), rejected, null);
        assertThat(message(status.getConditions(), ConditionType.PROGRAMMED))
                .hasSize(Sentences.LONGEST)
                .contains("a b mmm")
                .doesNotContain("\n");
    }

    @Test
    void theSameKnowledgeGivesTheSameStatusAtAnyTime() {
        var report = report();
        var status = statuses.of(report, acks(2, 2), null);
        clock.advance(Duration.ofDays(1));
        assertThat(statuses.of(report, acks(2, 2), status)).isEqualTo(status);
    }

    @Test
    void aStatusSaysNothingOfTheMaterial() {
        assertThat(of(pool("""
                {name: a, secretRef: {name: keys, key: a}}""", """
                {name: b, secretRef: {name: gone, key: a}}""")).toString()).doesNotContain("sk-");
    }

    private static String transition(KeyPoolStatus status, ConditionType type) {
        return Conditions.find(status.getConditions(), type)
                .map(Condition::getLastTransitionTime)
                .orElseThrow();
    }

    private KeyPoolStatus of(String yaml) {
        return statuses.of(Compiled.report(KeyPool.class, yaml), AckSummary.NONE, null);
    }

    private Report<KeyPool> report() {
        return Compiled.report(KeyPool.class, pool("""
                {name: a, secretRef: {name: keys, key: a}}"""));
    }

    private static String pool(String... keys) {
        return """
                kind: KeyPool
                metadata: {name: openai, namespace: team-a, generation: 1}
                spec:
                  provider: {type: OpenAI}
                  keys: [%s]
                """.formatted(String.join(", ", keys)) + SECRET;
    }
}
