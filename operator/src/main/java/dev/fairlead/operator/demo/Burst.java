package dev.fairlead.operator.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Many calls at the same moment, and what became of them. */
final class Burst {
    private static final String CALL = "{\"model\":\"gpt-4o-mini\",\"max_tokens\":16,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello to number %d\"}]}";

    private final URI url;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Burst(String sidecarUrl) {
        url = URI.create(sidecarUrl + "/v1/chat/completions");
    }

    /**
     * What a burst came to.
     *
     * @param limited answers with status 429
     * @param other neither answered nor limited, nor lost without any answer
     * @param waitsMs how long each answered call took, ascending
     */
    record Outcome(int sent, int answered, int limited, int other, List<Long> waitsMs) {
        long medianMs() {
            return waitsMs.isEmpty() ? 0 : waitsMs.get(waitsMs.size() / 2);
        }

        long longestMs() {
            return waitsMs.isEmpty() ? 0 : waitsMs.get(waitsMs.size() - 1);
        }
    }

    private record Answer(int status, long ms) {}

    Outcome send(int calls) {
        var answers = IntStream.range(0, calls).mapToObj(this::call).toList();
        int answered = 0;
        int limited = 0;
        var waits = new ArrayList<Long>();
        for (var future : answers) {
            var answer = future.join();
            if (answer.status == 200) {
                answered++;
                waits.add(answer.ms);
            } else if (answer.status == 429) {
                limited++;
            }
        }
        Collections.sort(waits);
        return new Outcome(calls, answered, limited, calls - answered - limited, waits);
    }

    private CompletableFuture<Answer> call(int number) {
        long started = System.nanoTime();
        var request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofMinutes(3))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(CALL.formatted(number)))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> new Answer(
                        failure == null ? response.statusCode() : 0, (System.nanoTime() - started) / 1_000_000));
    }
}
