package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Compiled.message;
import static dev.fairlead.operator.reconcile.Compiled.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.api.v1alpha1.TenantStatus;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import org.junit.jupiter.api.Test;

class TenantStatusesTest {
    private static final String AROUND = """
            ---
            kind: Namespace
            metadata: {name: team-a, labels: {unit: one}}
            ---
            kind: Namespace
            metadata: {name: team-b, labels: {unit: one}}
            ---
            kind: Subscription
            metadata: {name: chat, namespace: team-a}
            spec: {routeRef: {name: chat, namespace: team-c}}
            """;

    private final TenantStatuses statuses = new TenantStatuses(new MutableClock());

    @Test
    void aTenantCountsTheNamespacesThatExistAndTheirSubscriptions() {
        var status = of("""
                kind: Tenant
                metadata: {name: one}
                spec: {namespaces: [team-b, not-yet], namespaceSelector: {matchLabels: {unit: one}}}
                """);
        assertThat(status.getConditions())
                .extracting(Condition::getType)
                .containsExactlyInAnyOrder("Accepted", "ResolvedRefs", "Programmed", "Ready", "Stalled", "Conflicted");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
        assertThat(said(status.getConditions(), ConditionType.CONFLICTED)).isEqualTo("False/NoConflict");
        assertThat(status.getNamespaces()).isEqualTo(2);
        assertThat(status.getSubscriptions()).isEqualTo(1);
    }

    @Test
    void theLoserOfANamespaceIsInConflictAndNotReady() {
        var status = of("""
                kind: Tenant
                metadata: {name: loser, creationTimestamp: "2026-02-01T00:00:00Z"}
                spec: {namespaces: [team-a, team-b]}
                ---
                kind: Tenant
                metadata: {name: winner, creationTimestamp: "2026-01-01T00:00:00Z"}
                spec: {namespaces: [team-a]}
                """);
        assertThat(said(status.getConditions(), ConditionType.CONFLICTED)).isEqualTo("True/NamespaceTaken");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/NamespaceTaken");
        assertThat(message(status.getConditions(), ConditionType.READY)).contains("belongs to Tenant 'winner'");
        assertThat(said(status.getConditions(), ConditionType.ACCEPTED)).isEqualTo("True/Accepted");
        assertThat(status.getNamespaces()).isEqualTo(1);
        assertThat(status.getSubscriptions()).isZero();
    }

    @Test
    void aSuspendedTenantIsWhatWasAskedFor() {
        var status = of("""
                kind: Tenant
                metadata: {name: one}
                spec: {namespaces: [team-a], suspended: true}
                """);
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/TenantSuspended");
    }

    private TenantStatus of(String yaml) {
        return statuses.of(Compiled.report(Tenant.class, yaml + AROUND), AckSummary.NONE, null);
    }
}
