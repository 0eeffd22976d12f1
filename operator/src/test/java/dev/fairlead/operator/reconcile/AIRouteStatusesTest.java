package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Compiled.message;
import static dev.fairlead.operator.reconcile.Compiled.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.AIRouteStatus;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AIRouteStatusesTest {
    private static final String POOLS = """
            ---
            kind: Secret
            metadata: {name: keys, namespace: team-a}
            stringData: {a: sk-aaaa}
            ---
            kind: KeyPool
            metadata: {name: openai, namespace: team-a}
            spec: {provider: {type: OpenAI}, keys: [{name: a, secretRef: {name: keys, key: a}}]}
            ---
            kind: KeyPool
            metadata: {name: empty, namespace: team-a}
            spec: {provider: {type: OpenAI}, keys: [{name: a, secretRef: {name: gone, key: a}}]}
            """;

    private final AIRouteStatuses statuses = new AIRouteStatuses(new MutableClock(), Standings.NONE);

    @Test
    void aRouteWhoseTargetsAreAllThereIsReady() {
        var status = of("""
                kind: AIRoute
                metadata: {name: chat, namespace: team-a}
                spec:
                  models:
                  - {name: gpt-4o, targets: [{name: one, keyPoolRef: {name: openai}}, {name: two, keyPoolRef: {name: openai}}]}
                  - {name: "gpt-*", targets: [{name: one, keyPoolRef: {name: openai}}]}
                """);
        assertThat(status.getConditions())
                .extracting(Condition::getType)
                .containsExactlyInAnyOrder(
                        "Accepted", "ResolvedRefs", "Programmed", "Ready", "Stalled", "ModelsOffered", "Conflicted");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
        assertThat(said(status.getConditions(), ConditionType.CONFLICTED)).isEqualTo("False/NoConflict");
        assertThat(status.getModels()).isEqualTo(2);
        assertThat(status.getTargets()).isEqualTo(3);
        assertThat(status.getSidecars()).isEqualTo("0/0");
    }

    @Test
    void aTargetThatLeadsNowhereIsNotCounted() {
        var status = of("""
                kind: AIRoute
                metadata: {name: chat, namespace: team-a}
                spec:
                  models:
                  - {name: gpt-4o, targets: [{name: one, keyPoolRef: {name: openai}}, {name: two, keyPoolRef: {name: gone}}]}
                  - {name: other, targets: [{name: one, keyPoolRef: {name: openai, namespace: team-b}}]}
                """);
        assertThat(said(status.getConditions(), ConditionType.ACCEPTED)).isEqualTo("True/Accepted");
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("False/RefNotPermitted");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/RefNotPermitted");
        assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("False/NotStalled");
        assertThat(message(status.getConditions(), ConditionType.READY))
                .startsWith(
                        "spec.models[0].targets[1].keyPoolRef 'team-a/gone' is not available to namespace 'team-a'");
        assertThat(status.getModels()).isEqualTo(1);
        assertThat(status.getTargets()).isEqualTo(1);
    }

    @Test
    void aModelWhosePoolsHaveNoKeyCannotBeCalledAndTheRouteSaysSo() {
        var status = of("""
                kind: AIRoute
                metadata: {name: chat, namespace: team-a}
                spec:
                  models:
                  - {name: gpt-4o, targets: [{name: one, keyPoolRef: {name: empty}}]}
                  - {name: other, targets: [{name: one, keyPoolRef: {name: openai}}, {name: two, keyPoolRef: {name: empty}}]}
                """);
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("True/ResolvedRefs");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/NoUsableTarget");
        assertThat(message(status.getConditions(), ConditionType.READY)).contains("model 'gpt-4o'", "keys_unusable");
        assertThat(status.getModels()).isEqualTo(1);
        assertThat(status.getTargets()).isEqualTo(1);
    }

    @Test
    void aFieldThatCannotBeReadStallsTheRouteAndNothingOfItCounts() {
        var status = of("""
                kind: AIRoute
                metadata: {name: chat, namespace: team-a}
                spec:
                  models:
                  - {name: gpt-4o, targets: [{name: one, keyPoolRef: {name: openai}}]}
                  timeouts: {request: 1fortnight}
                """);
        assertThat(said(status.getConditions(), ConditionType.ACCEPTED)).isEqualTo("False/InvalidField");
        assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("True/InvalidField");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/InvalidField");
        assertThat(said(status.getConditions(), ConditionType.PROGRAMMED)).isEqualTo("Unknown/NotAccepted");
        assertThat(status.getModels()).isZero();
        assertThat(status.getTargets()).isZero();
    }

    @Test
    void aModelThatAnOlderRouteHasIsAConflictButNoHindrance() {
        var status = of("""
                kind: AIRoute
                metadata: {name: second, namespace: team-a, creationTimestamp: "2026-02-01T00:00:00Z"}
                spec: {models: [{name: gpt-4o, targets: [{name: one, keyPoolRef: {name: openai}}]}]}
                ---
                kind: AIRoute
                metadata: {name: first, namespace: team-a, creationTimestamp: "2026-01-01T00:00:00Z"}
                spec: {models: [{name: gpt-4o, targets: [{name: one, keyPoolRef: {name: openai}}]}]}
                """);
        assertThat(said(status.getConditions(), ConditionType.CONFLICTED)).isEqualTo("True/ModelTaken");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
    }

    @Test
    void aModelThatAProviderHasNoLongerIsSaidWithItsPlaceAndLeavesTheRouteReady() {
        var report = Compiled.report(AIRoute.class, """
                kind: AIRoute
                metadata: {name: chat, namespace: team-a}
                spec:
                  models:
                  - {name: gpt-4, targets: [{name: one, keyPoolRef: {name: openai}}, {name: two, keyPoolRef: {name: openai}, model: gpt-4-32k}]}
                  - {name: "gpt-*", targets: [{name: one, keyPoolRef: {name: openai}}]}
                """ + POOLS);
        var said = new AtomicReference<>(Optional.of(List.of("gpt-3", "gpt-4-32k", "gpt-*x")));
        var hearing = new AIRouteStatuses(new MutableClock(), new Standings() {
            @Override
            public PoolStanding of(ObjectRef pool) {
                throw new AssertionError("costs more");
            }

            @Override
            public Optional<List<String>> gone(ObjectRef pool) {
                return pool.id().equals("team-a/openai") ? said.get() : Optional.of(List.of());
            }

            @Override
            public void onChange(Runnable listener) {
                // Nothing changes by itself.
            }
        });
        var gone = hearing.of(report, AckSummary.NONE, null);
        assertThat(said(gone.getConditions(), ConditionType.MODELS_OFFERED)).isEqualTo("False/ModelGone");
        assertThat(message(gone.getConditions(), ConditionType.MODELS_OFFERED))
                .startsWith("spec.models[0].targets[1]: the provider of KeyPool 'team-a/openai' says that model "
                        + "'gpt-4-32k' is gone.");
        assertThat(said(gone.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");

        said.set(Optional.empty());
        var newLeader = hearing.of(report, AckSummary.NONE, gone);
        assertThat(said(newLeader.getConditions(), ConditionType.MODELS_OFFERED))
                .as("what was known before still counts")
                .isEqualTo("False/ModelGone");

        said.set(Optional.of(List.of()));
        var back = hearing.of(report, AckSummary.NONE, newLeader);
        assertThat(said(back.getConditions(), ConditionType.MODELS_OFFERED)).isEqualTo("True/ModelsOffered");
    }

    private AIRouteStatus of(String yaml) {
        return statuses.of(Compiled.report(AIRoute.class, yaml + POOLS), AckSummary.NONE, null);
    }
}
