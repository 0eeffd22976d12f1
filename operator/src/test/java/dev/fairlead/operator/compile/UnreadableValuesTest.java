package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody can read is closed, not opened: the bean says less than what was written. */
class UnreadableValuesTest {
    private static final ObjectRef POOL = new ObjectRef("KeyPool", "team-a", "openai");
    private static final ObjectRef ROUTE = new ObjectRef("AIRoute", "team-a", "chat");
    private static final ObjectRef TENANT = new ObjectRef("Tenant", "", "acme");
    private static final ObjectRef SUBSCRIPTION = new ObjectRef("Subscription", "team-b", "chat");

    private final Compiler compiler = new Compiler(ProviderProfiles.load());
    private World readable;

    @BeforeEach
    void read() throws IOException {
        var files = new WorldFiles();
        var yaml = new ObjectMapper(new YAMLFactory());
        for (String text : """
                kind: Secret
                metadata: {namespace: team-a, name: keys}
                stringData: {api-key: sk-1}
                ---
                kind: KeyPool
                metadata: {namespace: team-a, name: openai}
                spec:
                  provider: {type: OpenAI}
                  keys: [{name: one, secretRef: {name: keys, key: api-key}}]
                ---
                kind: AIRoute
                metadata: {namespace: team-a, name: chat}
                spec:
                  models: [{name: gpt-4o, targets: [{name: t, keyPoolRef: {name: openai}, model: gpt-4o}]}]
                  access: {mode: Subscription}
                ---
                kind: Subscription
                metadata: {namespace: team-b, name: chat}
                spec:
                  routeRef: {namespace: team-a, name: chat}
                  approval: {decision: Approved}
                ---
                kind: Tenant
                metadata: {name: acme}
                spec: {namespaces: [team-a]}
                ---
                kind: Pod
                metadata: {namespace: team-a, name: own}
                ---
                kind: Pod
                metadata: {namespace: team-b, name: consumer}
                """.split("---\n")) {
            files.add(yaml.readTree(text));
        }
        readable = files.world();
    }

    private Compilation compile(ObjectRef object, String path) {
        return compiler.compile(new World(
                readable.keyPools(),
                readable.routes(),
                readable.tenants(),
                readable.subscriptions(),
                readable.secrets(),
                readable.configMaps(),
                readable.namespaces(),
                readable.refused(),
                Map.of(object, List.of(path)),
                readable.workloads()));
    }

    private static SidecarConfig of(Compilation compilation, String namespace) {
        return compilation.configs().entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static void assertSaid(Compilation compilation, ObjectRef object, String path) {
        assertThat(compilation.diagnostics())
                .filteredOn(
                        found -> found.object().equals(object) && found.path().equals(path))
                .singleElement()
                .satisfies(found -> assertThat(found.reason()).isEqualTo(Reason.INVALID_FIELD))
                .extracting(Diagnostic::message)
                .asString()
                .contains("a type that this version of Fairlead does not know");
    }

    @Test
    void withoutSuchValuesEverythingIsOpen() {
        var compilation = compiler.compile(readable);
        assertThat(of(compilation, "team-a").routes())
                .extracting(route -> route.audience())
                .containsExactly(Audience.OWN);
        assertThat(of(compilation, "team-b").routes())
                .extracting(route -> route.audience())
                .containsExactly(Audience.SUBSCRIBED);
    }

    @Test
    void aRouteWhoseLimitsNobodyCanReadIsClosed() {
        var compilation = compile(ROUTE, "spec.limits");

        assertSaid(compilation, ROUTE, "spec.limits");
        assertThat(of(compilation, "team-a").routes())
                .extracting(route -> route.refusal().code())
                .containsExactly(ErrorCode.NOT_CONFIGURED);
        assertThat(of(compilation, "team-a").pools()).isEmpty();
    }

    @Test
    void aPoolWithSuchAValueIsNotUsed() {
        var compilation = compile(POOL, "spec.provider.tls");

        assertSaid(compilation, POOL, "spec.provider.tls");
        assertThat(of(compilation, "team-a").pools()).isEmpty();
    }

    @Test
    void aSubscriptionWithSuchAValueGivesNothing() {
        var compilation = compile(SUBSCRIPTION, "spec.workloads");

        assertSaid(compilation, SUBSCRIPTION, "spec.workloads");
        assertThat(of(compilation, "team-b").routes())
                .extracting(route -> route.refusal().code())
                .containsExactly(ErrorCode.SUBSCRIPTION_REQUIRED);
    }

    @Test
    void aTenantWhoseSuspensionNobodyCanReadIsSuspended() {
        var compilation = compile(TENANT, "spec.suspended");

        assertSaid(compilation, TENANT, "spec.suspended");
        assertThat(of(compilation, "team-a").refusal().code()).isEqualTo(ErrorCode.TENANT_SUSPENDED);
        assertThat(of(compilation, "team-b").refusal()).isNull();
    }
}
