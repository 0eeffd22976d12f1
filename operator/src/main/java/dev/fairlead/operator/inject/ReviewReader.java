package dev.fairlead.operator.inject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes reviews as an API server does. Safe on every thread. */
final class ReviewReader {
    private static final String API_VERSION = "admission.k8s.io/v1";

    private final ObjectMapper json = JsonMapper.builder().build();

    /** Not for beans: some of their fields are read as trees of their own. */
    private final ObjectReader whole = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** With a {@link Pod} as the object of a pod's creation, and no object otherwise. */
    AdmissionReview read(byte[] body) throws UnreadableReviewException {
        var tree = tree(body);
        if (!tree.path("apiVersion").asText().equals(API_VERSION)
                || !tree.path("kind").asText().equals("AdmissionReview")) {
            throw new UnreadableReviewException("the body is not an AdmissionReview of " + API_VERSION);
        }
        if (!(tree.path("request") instanceof ObjectNode request)
                || request.path("uid").asText().isEmpty()) {
            throw new UnreadableReviewException("the review has no request with a uid");
        }
        var pod = isPodCreation(request) ? pod(request) : null;
        request.remove(List.of("object", "oldObject", "options"));
        try {
            var review = json.treeToValue(tree, AdmissionReview.class);
            review.getRequest().setObject(pod);
            return review;
        } catch (JsonProcessingException e) {
            throw new UnreadableReviewException("the review is none: " + place(e) + " cannot be read");
        }
    }

    /** A review, or the operations of a patch. */
    byte[] write(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a review cannot be written", e);
        }
    }

    private JsonNode tree(byte[] body) throws UnreadableReviewException {
        try {
            return whole.readTree(body);
        } catch (IOException e) {
            // Jackson's own message quotes what it read.
            throw new UnreadableReviewException("the body is not JSON");
        }
    }

    /** Where, without Jackson's own message, which quotes values. */
    private static String place(JsonProcessingException e) {
        return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "it";
    }

    private static boolean isPodCreation(JsonNode request) {
        var resource = request.path("resource");
        return request.path("operation").asText().equals("CREATE")
                && resource.path("group").asText().isEmpty()
                && resource.path("resource").asText().equals("pods")
                && request.path("subResource").asText().isEmpty();
    }

    private Pod pod(JsonNode request) throws UnreadableReviewException {
        Pod pod;
        try {
            pod = json.treeToValue(request.path("object"), Pod.class);
        } catch (JsonProcessingException e) {
            throw new UnreadableReviewException("request.object is no Pod: " + place(e) + " cannot be read");
        }
        if (pod == null || pod.getMetadata() == null || pod.getSpec() == null) {
            throw new UnreadableReviewException("request.object is no Pod: it has no metadata or no spec");
        }
        if (request.path("namespace").asText().isEmpty()) {
            throw new UnreadableReviewException("request.namespace is missing");
        }
        return pod;
    }
}
