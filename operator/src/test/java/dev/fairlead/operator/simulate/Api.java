package dev.fairlead.operator.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls a simulator as a client would. */
record Api(String url, HttpClient client) {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String CHAT = "/v1/chat/completions";
    static final String EMBEDDINGS = "/v1/embeddings";

    static Api of(Simulator simulator) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        return new Api(simulator.url(), client);
    }

    /** A chat request; single quotes stand for double ones. */
    static String chat(String more) {
        return quotes("{'model':'gpt-4o','messages':[{'role':'user','content':'Hello there'}]" + more + "}");
    }

    static String quotes(String json) {
        return json.replace('\'', '"');
    }

    HttpResponse<String> post(String path, String key, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path).header("content-type", "application/json").POST(BodyPublishers.ofString(body));
        return send(key == null ? request : request.header("authorization", "Bearer " + key));
    }

    HttpResponse<String> get(String path, String key) throws IOException, InterruptedException {
        return send(key == null ? request(path) : request(path).header("authorization", "Bearer " + key));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** The {@code error} object of an error body. */
    static JsonNode error(HttpResponse<String> response) throws IOException {
        return json(response).get("error");
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }
}
