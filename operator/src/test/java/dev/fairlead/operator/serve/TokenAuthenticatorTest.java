package dev.fairlead.operator.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.Authentication.Refused;
import dev.fairlead.operator.serve.Authentication.Unavailable;
import dev.fairlead.sidecar.control.ControlEnvironment;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens of real ServiceAccounts, reviewed by a real API server. */
@ExtendWith(ApiServerExtension.class)
class TokenAuthenticatorTest {
    private static final String NAMESPACE = "token-authenticator";

    private final KubernetesClient client;
    private final TokenAuthenticator authenticator;
    private Pod pod;

    TokenAuthenticatorTest(ApiServer server) {
        client = server.client();
        authenticator = new TokenAuthenticator(client, ControlEnvironment.AUDIENCE, Clock.systemUTC());
    }

    @BeforeEach
    void createPod() {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.serviceAccounts()
                .inNamespace(NAMESPACE)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("app")
                        .endMetadata()
                        .build())
                .serverSideApply();
        pod = client.pods()
                .inNamespace(NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withGenerateName("app-")
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName("app")
                        .addNewContainer()
                        .withName("app")
                        .withImage("app")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    @AfterEach
    void deletePod() {
        client.resource(pod).withGracePeriod(0).delete();
        authenticator.close();
    }

    @Test
    void aTokenOfAPodForOurAudienceSaysWhichPodItIs() throws Exception {
        assertThat(review(token(ControlEnvironment.AUDIENCE)))
                .isEqualTo(new Authenticated(
                        NAMESPACE,
                        "app",
                        pod.getMetadata().getName(),
                        pod.getMetadata().getUid()));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() throws Exception {
        for (var audience : List.of("https://kubernetes.default.svc", "fairlead.dev/gateway", "fairlead.dev/peer")) {
            assertThat(review(token(audience)))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.code()).isEqualTo("token_audience"));
        }
    }

    @Test
    void aTokenForOurAudienceIsNoPeerToken() throws Exception {
        try (var peers = new TokenAuthenticator(client, "fairlead.dev/peer", Clock.systemUTC())) {
            assertThat(await(peers, token(ControlEnvironment.AUDIENCE))).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aTokenThatIsBoundToNoPodNamesNone() throws Exception {
        assertThat(review(request(ControlEnvironment.AUDIENCE, false)))
                .isEqualTo(new Authenticated(NAMESPACE, "app", "", ""));
    }

    @Test
    void aTokenWithAnotherSignatureIsRefusedByTheApiServer() throws Exception {
        var token = token(ControlEnvironment.AUDIENCE);
        int signature = token.lastIndexOf('.') + 1;
        char other = token.charAt(signature) == 'A' ? 'B' : 'A';
        var forged = token.substring(0, signature) + other + token.substring(signature + 1);
        assertThat(review(forged))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("token_invalid"));
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        var late = Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC);
        try (var tomorrow = new TokenAuthenticator(client, ControlEnvironment.AUDIENCE, late)) {
            assertThat(await(tomorrow, token(ControlEnvironment.AUDIENCE)))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.code()).isEqualTo("token_expired"));
        }
        assertThat(review(jwt("{\"aud\":[\"fairlead.dev/config\"],\"exp\":1}"))).isInstanceOf(Refused.class);
    }

    @Test
    void aDeletedPodsTokenIsStoppedByThePodIndexAtTheLatest() throws Exception {
        var token = token(ControlEnvironment.AUDIENCE);
        var before = (Authenticated) review(token);
        var cluster = new FakeCluster();
        cluster.put(pod);
        var gate = new PodGate(cluster, any -> Optional.empty());
        assertThat(gate.objection(before)).isEmpty();
        client.resource(pod).withGracePeriod(0).delete();
        cluster.delete(pod.getMetadata().getUid());
        // The API server remembers its yes for some seconds; whichever it says now, there is no stream.
        var after = review(token);
        if (after instanceof Authenticated caller) {
            assertThat(gate.objection(caller)).get().extracting(Refusal::code).isEqualTo("pod_unknown");
        } else {
            assertThat(after).isInstanceOf(Refused.class);
        }
        assertThat(gate.objection(before)).isPresent();
    }

    @Test
    void garbageIsRefusedAndNeverRepeated() throws Exception {
        for (var garbage : List.of(
                "x", "a.b.c", "..", "\u0000", "é".repeat(100), "a".repeat(10_000), jwt("[]"), jwt("{\"aud\":5}"))) {
            assertThat(review(garbage)).isInstanceOf(Refused.class).asString().doesNotContain("aaaa", "éé");
        }
        var forged = jwt("{\"aud\":\"fairlead.dev/config\"}");
        assertThat(review(forged)).isInstanceOf(Refused.class);
        assertThat(new BearerToken(forged).toString()).isEqualTo("BearerToken");
    }

    @Test
    void whileTheApiServerIsAwayNobodyKnows() throws Exception {
        var nobody = new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var away = new KubernetesClientBuilder().withConfig(nobody).build();
                var lost = new TokenAuthenticator(away, ControlEnvironment.AUDIENCE, Clock.systemUTC())) {
            assertThat(await(lost, token(ControlEnvironment.AUDIENCE))).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void aReviewIsRememberedForAMinuteAndOnlyByThoseWhoMay() throws Exception {
        var clock = new TestClock(Instant.now());
        var token = new BearerToken(token(ControlEnvironment.AUDIENCE));
        var away = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration()).build())
                .build();
        try (var remembering = new TokenAuthenticator(away, ControlEnvironment.AUDIENCE, clock)) {
            var yes = remembering.review(token).toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(yes).isInstanceOf(Authenticated.class);
            client.resource(pod).withGracePeriod(0).delete();
            away.close();
            assertThat(remembering.reviewOrRecall(token).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isEqualTo(yes);
            assertThat(remembering.review(token).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isNotEqualTo(yes);
            clock.now = clock.now.plusSeconds(61);
            assertThat(remembering.reviewOrRecall(token).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isNotEqualTo(yes);
        }
    }

    private Authentication review(String token) throws Exception {
        return await(authenticator, token);
    }

    private static Authentication await(Authenticator authenticator, String token) throws Exception {
        return authenticator
                .review(new BearerToken(token))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private String token(String audience) {
        return request(audience, true);
    }

    private String request(String audience, boolean bound) {
        var spec =
                new TokenRequestBuilder().withNewSpec().withAudiences(audience).withExpirationSeconds(600L);
        var request = bound
                ? spec.withNewBoundObjectRef(
                                "v1",
                                "Pod",
                                pod.getMetadata().getName(),
                                pod.getMetadata().getUid())
                        .endSpec()
                        .build()
                : spec.endSpec().build();
        return client.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName("app")
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    private static String jwt(String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2lnbmF0dXJl";
    }

    private static final class TestClock extends Clock {
        private Instant now;

        TestClock(Instant now) {
            this.now = now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
