package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Compiled.message;
import static dev.fairlead.operator.reconcile.Compiled.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.SubscriptionStatus;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubscriptionStatusesTest {
    private final MutableClock clock = new MutableClock();
    private final SubscriptionStatuses statuses = new SubscriptionStatuses(clock);

    @Test
    void oneThatWaitsForADecisionIsReadyAndNotApproved() {
        var status = of("routeRef: {name: chat, namespace: team-a}", "Subscription");
        assertThat(status.getConditions())
                .extracting(Condition::getType)
                .containsExactlyInAnyOrder("Accepted", "ResolvedRefs", "Programmed", "Ready", "Stalled", "Approved");
        assertThat(said(status.getConditions(), ConditionType.APPROVED)).isEqualTo("False/PendingApproval");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/AwaitingApproval");
        assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("False/NotStalled");
        assertThat(status.getExpires()).isNull();
    }

    @Test
    void anApprovedOneIsReady() {
        var status = of("""
                routeRef: {name: chat, namespace: team-a}, approval: {decision: Approved}""", "Subscription");
        assertThat(said(status.getConditions(), ConditionType.APPROVED)).isEqualTo("True/ApprovedByOwner");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
    }

    @Test
    void oneThatWasDecidedAgainstIsStalled() {
        for (String decision : new String[] {"Denied", "Revoked"}) {
            var status = of(
                    "routeRef: {name: chat, namespace: team-a}, approval: {decision: " + decision + "}",
                    "Subscription");
            String reason = decision.equals("Denied") ? "DeniedByOwner" : "Revoked";
            assertThat(said(status.getConditions(), ConditionType.APPROVED)).isEqualTo("False/" + reason);
            assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/" + reason);
            assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("True/" + reason);
        }
    }

    @Test
    void itEndsAtTheEarlierOfTheTwoEnds() {
        var report = report("""
                routeRef: {name: chat, namespace: team-a}, expiresAt: "2026-06-03T00:00:00Z",
                approval: {decision: Approved, notAfter: "2026-06-02T00:00:00+02:00"}""", "Subscription", "");
        var before = statuses.of(report, AckSummary.NONE, null);
        assertThat(before.getExpires()).isEqualTo("2026-06-02T00:00:00+02:00");
        assertThat(said(before.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
        assertThat(statuses.changesAfter(report)).contains(Duration.ofHours(10));

        clock.advance(Duration.ofHours(10));

        var after = statuses.of(report, AckSummary.NONE, before);
        assertThat(said(after.getConditions(), ConditionType.APPROVED)).isEqualTo("False/Expired");
        assertThat(said(after.getConditions(), ConditionType.READY)).isEqualTo("False/Expired");
        assertThat(said(after.getConditions(), ConditionType.STALLED)).isEqualTo("True/Expired");
        assertThat(message(after.getConditions(), ConditionType.APPROVED)).contains("spec.approval.notAfter");
        assertThat(statuses.changesAfter(report)).isEmpty();
    }

    @Test
    void aFarEndIsLookedAtAgainOnTheWay() {
        var report = report("""
                routeRef: {name: chat, namespace: team-a}, expiresAt: "9999-12-31T23:59:59Z\"""", "Subscription", "");
        assertThat(statuses.changesAfter(report)).contains(Duration.ofDays(1));
    }

    @Test
    void aReferenceToNothingLeavesTheDecisionOpen() {
        var status = of("""
                routeRef: {name: gone, namespace: team-a}, approval: {decision: Approved}""", "Subscription");
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("False/RefNotPermitted");
        assertThat(said(status.getConditions(), ConditionType.APPROVED)).isEqualTo("Unknown/RefNotPermitted");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/RefNotPermitted");
        assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("False/NotStalled");
    }

    @Test
    void oneThatCannotBeReadIsStalledAndNothingElseIsClaimed() {
        var status = of("""
                routeRef: {name: chat, namespace: team-a}, expiresAt: someday""", "Subscription");
        assertThat(said(status.getConditions(), ConditionType.ACCEPTED)).isEqualTo("False/InvalidField");
        assertThat(said(status.getConditions(), ConditionType.RESOLVED_REFS)).isEqualTo("Unknown/NotAccepted");
        assertThat(said(status.getConditions(), ConditionType.APPROVED)).isEqualTo("Unknown/NotAccepted");
        assertThat(said(status.getConditions(), ConditionType.STALLED)).isEqualTo("True/InvalidField");
    }

    @Test
    void aRouteThatIsOpenAnywayNeedsNone() {
        var status = of("""
                routeRef: {name: chat, namespace: team-a}, expiresAt: "2020-01-01T00:00:00Z\"""", "Open");
        assertThat(said(status.getConditions(), ConditionType.APPROVED)).isEqualTo("True/NotNeeded");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("True/Ready");
        assertThat(message(status.getConditions(), ConditionType.ACCEPTED)).contains("without a Subscription");
    }

    @Test
    void aRouteThatIsOpenToAllButThisNamespaceStaysClosed() {
        var status = of("routeRef: {name: chat, namespace: team-a}", "Open, denied: [{namespace: team-b}]");
        assertThat(said(status.getConditions(), ConditionType.APPROVED)).isEqualTo("False/DeniedByOwner");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/DeniedByOwner");
    }

    @Test
    void theApprovalOfASuspendedTenantOpensNothing() {
        var report = report(
                "routeRef: {name: chat, namespace: team-a}, approval: {decision: Approved}", "Subscription", """
                ---
                kind: Tenant
                metadata: {name: b}
                spec: {namespaces: [team-b], suspended: true}
                """);
        var status = statuses.of(report, AckSummary.NONE, null);
        assertThat(said(status.getConditions(), ConditionType.APPROVED)).isEqualTo("False/TenantSuspended");
        assertThat(said(status.getConditions(), ConditionType.READY)).isEqualTo("False/TenantSuspended");
    }

    private SubscriptionStatus of(String spec, String mode) {
        return statuses.of(report(spec, mode, ""), AckSummary.NONE, null);
    }

    private static Report<Subscription> report(String spec, String mode, String more) {
        return Compiled.report(Subscription.class, """
                kind: Subscription
                metadata: {name: chat, namespace: team-b}
                spec: {%s}
                ---
                kind: Secret
                metadata: {name: keys, namespace: team-a}
                stringData: {a: sk-aaaa}
                ---
                kind: KeyPool
                metadata: {name: openai, namespace: team-a}
                spec: {provider: {type: OpenAI}, keys: [{name: a, secretRef: {name: keys, key: a}}]}
                ---
                kind: AIRoute
                metadata: {name: chat, namespace: team-a}
                spec:
                  models: [{name: gpt-4o, targets: [{name: main, keyPoolRef: {name: openai}}]}]
                  access: {mode: %s}
                """.formatted(spec, mode) + more);
    }
}
