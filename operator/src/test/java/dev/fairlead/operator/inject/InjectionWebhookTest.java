package dev.fairlead.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.trust.TrustMaterial;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionWebhookTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String ASKING = """
            {"metadata":{"name":"app","labels":{"fairlead.dev/inject":"enabled"}},
             "spec":{"containers":[{"name":"app","image":"app:1","resources":{"limits":{"cpu":"1","memory":"64Mi"}}}],
                     "volumes":[{"name":"tmp","emptyDir":{"sizeLimit":"1Gi"}}]}}""";

    private static final String ON_HOST_NETWORK = """
            {"metadata":{"generateName":"app-7d-","labels":{"fairlead.dev/inject":"enabled"},"ownerReferences":[
               {"apiVersion":"v1","kind":"Other","name":"other","uid":"1"},
               {"apiVersion":"apps/v1","kind":"ReplicaSet","name":"app-7d","uid":"2","controller":true}]},
             "spec":{"hostNetwork":true,"containers":[{"name":"app","image":"app:1"}]}}""";

    private static final String IMITATION = """
            {"metadata":{"name":"app","labels":{"fairlead.dev/inject":"enabled"}},
             "spec":{"containers":[{"name":"fairlead","image":"app:1","args":["--key","sk-secret"]}]}}""";

    private final ObjectMapper json = new ObjectMapper();
    private WebhookRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new WebhookRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aPodThatAsksGetsAPatch() throws Exception {
        var response = review(ASKING, false);
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.path("uid").asText()).isEqualTo("u-1");
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        assertThat(patch(response))
                .anyMatch(operation -> operation.path("path").asText().equals("/spec/initContainers"));
        assertThat(rig.told.counted).containsExactly(InjectionReason.INJECTED);
        assertThat(rig.told.events).isEmpty();
    }

    @Test
    void theLabelsOfTheNamespaceDecide() throws Exception {
        var asked = ASKING.replace("\"fairlead.dev/inject\":\"enabled\"", "");
        assertThat(review(asked, false).has("patch")).isFalse();
        rig.namespaces = name -> name.equals("team-a") ? Map.of("fairlead.dev/inject", "enabled") : Map.of();
        assertThat(review(asked, false).has("patch")).isTrue();
    }

    @Test
    void theSidecarTrustsWhatIsCurrent() throws Exception {
        var patch = patch(review(ASKING, false)).toString();
        assertThat(patch)
                .contains(json.writeValueAsString(
                        rig.trust.current().orElseThrow().caBundle()));
    }

    @Test
    void whoAskedIsToldWhyThereIsNoSidecarAndSoIsTheController() throws Exception {
        var response = review(ON_HOST_NETWORK, false);
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.has("patch")).isFalse();
        assertThat(response.path("warnings"))
                .extracting(JsonNode::asText)
                .containsExactly("fairlead: no sidecar: spec.hostNetwork is true (HostNetwork)");
        await().atMost(LONG).until(() -> rig.told.events.size() == 1);
        var event = rig.told.events.get(0);
        assertThat(event.reason()).isEqualTo(InjectionReason.HOST_NETWORK);
        assertThat(event.regarding().getKind()).isEqualTo("ReplicaSet");
        assertThat(event.regarding().getUid()).isEqualTo("2");
        assertThat(event.regarding().getNamespace()).isEqualTo("team-a");
        assertThat(event.note()).startsWith("no sidecar for pod app-7d-*: ").contains("spec.hostNetwork is true");
        assertThat(rig.told.counted).containsExactly(InjectionReason.HOST_NETWORK);
    }

    @Test
    void aPodThatIsRefusedIsToldWithItsNamespace() throws Exception {
        var response = review(IMITATION, false);
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.at("/status/code").asInt()).isEqualTo(403);
        assertThat(response.at("/status/message").asText())
                .startsWith("fairlead: ContainerImitated: ")
                .doesNotContain("sk-secret");
        await().atMost(LONG).until(() -> rig.told.events.size() == 1);
        var event = rig.told.events.get(0);
        assertThat(event.regarding().getKind()).isEqualTo("Namespace");
        assertThat(event.regarding().getName()).isEqualTo("team-a");
        assertThat(event.note()).startsWith("refused pod app: ").doesNotContain("sk-secret");
    }

    @Test
    void aDryRunIsAnsweredAndLeavesNoTrace() throws Exception {
        assertThat(review(IMITATION, true).path("allowed").asBoolean()).isFalse();
        assertThat(review(ON_HOST_NETWORK, true).path("warnings")).hasSize(1);
        assertThat(review(ASKING, true).has("patch")).isTrue();
        // Events are told in order: whatever came before this one would have come before it.
        review(IMITATION, false);
        await().atMost(LONG).until(() -> !rig.told.events.isEmpty());
        assertThat(rig.told.events).hasSize(1);
        assertThat(rig.told.counted).hasSize(1);
    }

    @Test
    void aFaultOfOursRefusesThePodWithoutSayingMore() throws Exception {
        rig.namespaces = name -> {
            throw new IllegalStateException("secret detail");
        };
        var response = review(ASKING, false);
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.at("/status/code").asInt()).isEqualTo(500);
        assertThat(response.at("/status/message").asText())
                .startsWith("fairlead: InternalError: ")
                .doesNotContain("secret detail");
        assertThat(rig.told.counted).containsExactly(InjectionReason.INTERNAL_ERROR);
    }

    @Test
    void aLookUpThatHangsIsGivenUpBeforeTheApiServerDoes() throws Exception {
        rig.close();
        rig = new WebhookRig(500);
        var never = new CountDownLatch(1);
        rig.namespaces = name -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Map.of();
        };
        var response = rig.post(body(ASKING, false));
        never.countDown();
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("fairlead: the pod was not decided about within");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "42",
                "{} {}",
                "\u0000\u0001",
                "{}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":7}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{}}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\",\"dryRun\":[]}}",
                "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\"}}",
            })
    void garbageIsRefusedWithASentence(String body) throws Exception {
        assertRefused(rig.post(body), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "{}",
                "{\"metadata\":{},\"spec\":[]}",
                "{\"metadata\":{},\"spec\":{\"containers\":{\"a\":1}}}",
                "{\"metadata\":{\"labels\":7},\"spec\":{\"containers\":[]}}"
            })
    void whatIsNoPodIsRefusedWithASentence(String pod) throws Exception {
        assertRefused(rig.post(body(pod, false)), 400);
    }

    @Test
    void nestingWithoutEndIsRefusedWithASentence() throws Exception {
        assertRefused(rig.post("[".repeat(200_000)), 400);
        assertRefused(rig.post(body("{\"metadata\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001), false)), 400);
    }

    @Test
    void whatHasNoNameIsLeftToTheApiServerToRefuse() throws Exception {
        var pod =
                "{\"metadata\":{},\"spec\":{\"containers\":[{\"env\":[{}],\"volumeMounts\":[{}]}],\"initContainers\":[{}],\"volumes\":[{}]}}";
        rig.namespaces = name -> Map.of("fairlead.dev/inject", "enabled");
        assertThat(review(pod, false).path("allowed").asBoolean()).isTrue();
    }

    @Test
    void whatIsNoCreationOfAPodIsAdmittedAsItIs() throws Exception {
        for (var other : new String[][] {
            {"\"CREATE\"", "\"UPDATE\""},
            {"\"CREATE\"", "\"DELETE\""},
            {"\"resource\":\"pods\"", "\"resource\":\"services\""},
            {"\"group\":\"\"", "\"group\":\"metrics.k8s.io\""},
            {"\"operation\"", "\"subResource\":\"binding\",\"operation\""},
        }) {
            var sent = body(ASKING, false).replace(other[0], other[1]);
            var response = json.readTree(rig.post(sent).body()).path("response");
            assertThat(response.path("allowed").asBoolean()).as(sent).isTrue();
            assertThat(response.has("patch")).as(sent).isFalse();
        }
        assertThat(rig.told.counted).isEmpty();
    }

    @Test
    void moreThanEightMebibytesAreRefused() throws Exception {
        assertRefused(rig.post(" ".repeat(BodyReader.MOST_BYTES + 1)), 413);
        var large = "x".repeat(BodyReader.MOST_BYTES - 1_000);
        var pod = ASKING.replace("\"name\":\"app\",\"labels\"", "\"annotations\":{\"a\":\"" + large + "\"},\"labels\"");
        assertThat(review(pod, false).has("patch")).isTrue();
    }

    @Test
    void uploadsThatStallAndThenGoOnHoldNothingUp() throws Exception {
        rig.close();
        rig = new WebhookRig(1_000);
        var part = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        var uploads = new ArrayList<Upload>();
        for (int i = 0; i < 4; i++) {
            var upload = new Upload(rig);
            upload.begin(BodyReader.MOST_BYTES);
            upload.send(part);
            uploads.add(upload);
        }
        for (var upload : uploads) {
            assertThat(upload.statusLine()).contains(" 408 ");
            upload.trySend(part);
        }
        for (var upload : uploads) {
            assertThat(upload.isClosedByServer()).isTrue();
            upload.close();
        }
        assertThat(rig.held()).isZero();
        assertThat(rig.told.refused).hasSize(4).containsOnly(ReviewFault.SLOW);
        assertThat(review(ASKING, false).has("patch")).isTrue();
        await().atMost(LONG).until(() -> rig.held() == 0);
    }

    @Test
    void whoeverComesWhenTooManyWaitIsRefusedAtOnce() throws Exception {
        var open = new CountDownLatch(1);
        rig.namespaces = name -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Map.of();
        };
        var client = HttpClient.newBuilder()
                .sslContext(TestCertificates.trusting(rig.trust.current().orElseThrow()))
                .build();
        var request = HttpRequest.newBuilder(URI.create(rig.url()))
                .POST(HttpRequest.BodyPublishers.ofString(body(ASKING, false)))
                .build();
        var refused = new AtomicInteger();
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < ReviewHandler.TAKEN_AT_ONCE + 3; i++) {
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .thenApply(response -> {
                        refused.addAndGet(response.statusCode() == 503 ? 1 : 0);
                        return response;
                    }));
        }
        await().atMost(LONG).until(() -> refused.get() == 3);
        assertThat(rig.told.refused).containsExactly(ReviewFault.TOO_MANY, ReviewFault.TOO_MANY, ReviewFault.TOO_MANY);
        open.countDown();
        for (var answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
        }
        assertThat(refused).hasValue(3);
        await().atMost(LONG).until(() -> rig.held() == 0);
    }

    @Test
    void whatIsNoReviewIsCounted() throws Exception {
        rig.post("garbage");
        rig.send(HttpRequest.newBuilder(URI.create(rig.url())));
        assertThat(rig.told.refused).containsExactly(ReviewFault.UNREADABLE, ReviewFault.METHOD);
        assertThat(rig.told.counted).isEmpty();
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertRefused(rig.send(HttpRequest.newBuilder(URI.create(rig.url()))), 405);
        assertRefused(rig.send(HttpRequest.newBuilder(URI.create(rig.url() + "/more"))), 404);
    }

    @Test
    void newCertificatesAreTakenWithoutARestart() throws Exception {
        var before = rig.trust.current().orElseThrow();
        rig.trust.set(TestCertificates.issue());
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> review(ASKING, false).has("patch"));
        assertThatThrownBy(() -> HttpClient.newBuilder()
                        .sslContext(TestCertificates.trusting(before))
                        .build()
                        .send(
                                HttpRequest.newBuilder(URI.create(rig.url())).build(),
                                HttpResponse.BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void certificatesThatCannotBeUsedChangeNothing() throws Exception {
        var good = rig.trust.current().orElseThrow();
        rig.trust.set(new TrustMaterial(good.caBundle(), "no certificate", "no key"));
        assertThat(review(ASKING, false).has("patch")).isTrue();
        rig.trust.set(TestCertificates.issue());
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> review(ASKING, false).has("patch"));
    }

    private void assertRefused(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var answer = json.readTree(response.body());
        assertThat(answer.path("kind").asText()).isEqualTo("Status");
        assertThat(answer.path("code").asInt()).isEqualTo(status);
        assertThat(answer.path("message").asText())
                .startsWith("fairlead: ")
                .hasLineCount(1)
                .doesNotContain("Exception")
                .doesNotContain("com.fasterxml");
    }

    private JsonNode review(String pod, boolean dryRun) throws Exception {
        var answer = rig.post(body(pod, dryRun));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var review = json.readTree(answer.body());
        assertThat(review.path("kind").asText()).isEqualTo("AdmissionReview");
        assertThat(review.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
        return review.path("response");
    }

    private JsonNode patch(JsonNode response) throws Exception {
        return json.readTree(
                new String(Base64.getDecoder().decode(response.path("patch").asText()), StandardCharsets.UTF_8));
    }

    private static String body(String pod, boolean dryRun) {
        return "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u-1\","
                + "\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"},"
                + "\"resource\":{\"group\":\"\",\"version\":\"v1\",\"resource\":\"pods\"},"
                + "\"namespace\":\"team-a\",\"operation\":\"CREATE\",\"dryRun\":" + dryRun + ",\"object\":" + pod
                + "}}";
    }
}
