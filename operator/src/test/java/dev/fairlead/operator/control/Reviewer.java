package dev.fairlead.operator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.operator.testing.ShippedRoles;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.zjsonpatch.JsonPatch;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** Calls the webhook as an API server does, under the name of its Service. */
final class Reviewer {
    private static final String HOST = "fairlead-webhook." + ShippedRoles.NAMESPACE + ".svc";

    private final ObjectMapper json = new ObjectMapper();
    private final Vertx vertx;
    private final String caBundle;
    private final int port;

    Reviewer(Vertx vertx, String caBundle, int port) {
        this.vertx = vertx;
        this.caBundle = caBundle;
        this.port = port;
    }

    /** The pod with the patch of the webhook's answer. */
    Pod injected(Pod pod, String namespace) {
        try {
            var serialization = new KubernetesSerialization();
            var object = (ObjectNode) json.readTree(serialization.asJson(pod));
            var answer = json.readTree(review(object, namespace)).path("response");
            if (!answer.path("allowed").asBoolean() || !answer.has("patch")) {
                throw new AssertionError("not injected: " + answer);
            }
            JsonNode patch = json.readTree(
                    Base64.getDecoder().decode(answer.path("patch").asText()));
            return serialization.unmarshal(JsonPatch.apply(patch, object).toString(), Pod.class);
        } catch (IOException e) {
            throw new AssertionError("no review", e);
        }
    }

    private String review(ObjectNode pod, String namespace) {
        var review =
                json.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        var request = review.putObject("request")
                .put("uid", "1")
                .put("operation", "CREATE")
                .put("namespace", namespace);
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.putObject("resource").put("group", "").put("version", "v1").put("resource", "pods");
        request.set("object", pod);
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(caBundle))));
        try {
            return client.request(new RequestOptions()
                            .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                            .setHost(HOST)
                            .setPort(port)
                            .setMethod(HttpMethod.POST)
                            .setURI("/mutate")
                            .putHeader("content-type", "application/json"))
                    .compose(call -> call.send(Buffer.buffer(review.toString())))
                    .compose(HttpClientResponse::body)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS)
                    .toString();
        } catch (Exception e) {
            throw new AssertionError("the webhook did not answer", e);
        } finally {
            client.close();
        }
    }
}
