package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.exchange.Patience;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that keep us waiting: for their body, or for taking the answer. */
class PatienceTest {
    private static final long BUDGET = 64 << 20;
    private static final int PIECE = 60_000;
    private static final int PIECES = 1_000;

    /** An answer far larger than all buffers between a provider and a client that does not read. */
    private static FakeProvider.Script endless(AtomicBoolean cutOff) {
        return (request, exchange) -> {
            boolean stream = request.body().contains("\"stream\":true");
            var text = "x".repeat(PIECE);
            try {
                if (stream) {
                    exchange.streamHead();
                } else {
                    exchange.raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                            + ((long) PIECE * PIECES) + "\r\n\r\n");
                }
                for (int i = 0; i < PIECES; i++) {
                    if (stream) {
                        exchange.chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                                + "\"},\"finish_reason\":null}]}\n\n");
                    } else {
                        exchange.raw(text);
                    }
                }
            } catch (IOException e) {
                cutOff.set(true);
                throw e;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {DataPlane.HELLO_STREAM, DataPlane.HELLO})
    void a_client_that_reads_nothing_is_cut_off_and_so_is_its_provider(String body) throws Exception {
        var cutOff = new AtomicBoolean();
        try (var provider = new FakeProvider(endless(cutOff));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(),
                        BUDGET,
                        new Patience(30_000, 300_000, 1_000));
                var client = RawClient.open(plane.port())) {
            long sent = System.nanoTime();
            client.getOutputStream().write(RawClient.post(body).getBytes(StandardCharsets.UTF_8));
            await().untilTrue(cutOff);

            assertThat((System.nanoTime() - sent) / 1_000_000)
                    .as("not before its time")
                    .isGreaterThanOrEqualTo(1_000);
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0)).contains("\"outcome\":\"cancelled\"", "\"status\":499");
            assertThat(plane.admin("/debug/keys")).contains("\"inFlight\" : 0");
            assertThat(plane.admin("/metrics")).contains("fairlead_leases_leaked_total 0.0", "_budget_used_bytes 0.0");
            var got = readToTheEnd(client);
            assertThat(got).as("what was buffered, and no end").isNotEmpty().doesNotEndWith("0\r\n\r\n");
            assertThat(got.length()).isLessThan(PIECE * PIECES);

            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
            assertThat(plane.chat(DataPlane.HELLO).statusCode())
                    .as("the key is free again")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_client_that_pauses_and_reads_on_in_time_gets_everything() throws Exception {
        var cutOff = new AtomicBoolean();
        try (var provider = new FakeProvider(endless(cutOff));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(),
                        BUDGET,
                        new Patience(30_000, 300_000, 3_000));
                var client = RawClient.open(plane.port())) {
            client.getOutputStream().write(RawClient.post(DataPlane.HELLO).getBytes(StandardCharsets.UTF_8));
            // Twice nearly as long as a client may pause, together longer: a pause begins anew after each reading.
            long read = 0;
            for (int pause = 0; pause < 2; pause++) {
                assertThat(cutOffWithin(cutOff, 2_000)).isFalse();
                read += client.getInputStream().readNBytes(PIECE * PIECES / 2).length;
            }
            while (read < (long) PIECE * PIECES) {
                int n = client.getInputStream().read(new byte[PIECE]);
                assertThat(n).as("bytes after " + read).isPositive();
                read += n;
            }
            assertThat(cutOff).isFalse();
        }
    }

    private static boolean cutOffWithin(AtomicBoolean cutOff, long millis) {
        try {
            await().atMost(millis, TimeUnit.MILLISECONDS).untilTrue(cutOff);
            return true;
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            return false;
        }
    }

    @Test
    void an_upload_that_stalls_is_a_408_and_reaches_no_provider() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(),
                        BUDGET,
                        new Patience(500, 300_000, 60_000))) {
            var request = RawClient.post(DataPlane.HELLO);
            long sent = System.nanoTime();
            var answer = RawClient.exchange(plane.port(), request.substring(0, request.length() - 20));

            assertThat((System.nanoTime() - sent) / 1_000_000).isGreaterThanOrEqualTo(500);
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text().toLowerCase(java.util.Locale.ROOT))
                    .contains("x-fairlead-error: request_timeout", "x-should-retry: false", "connection: close")
                    .doesNotContain("retry-after");
            assertThat(answer.body())
                    .startsWith("{\"error\":{")
                    .contains("\"code\":\"request_timeout\"", "\"type\":", "\"param\":null", "\"message\":");
            assertThat(provider.requests()).isEmpty();
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0)).contains("\"status\":408", "\"error\":\"request_timeout\"");
            assertThat(plane.admin("/metrics")).contains("_budget_used_bytes 0.0");
        }
    }

    @Test
    void an_upload_that_drips_for_ever_is_a_408_in_the_end() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(),
                        BUDGET,
                        new Patience(2_000, 1_500, 60_000));
                var client = RawClient.open(plane.port())) {
            client.getOutputStream()
                    .write("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 4; i++) {
                client.getOutputStream().write(' ');
                silentFor(client, 300);
            }
            client.getOutputStream().write(' ');
            client.setSoTimeout(1_500);
            assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 408");
            assertThat(provider.requests()).isEmpty();
            await().untilAsserted(() -> assertThat(plane.admin("/metrics")).contains("_budget_used_bytes 0.0"));
        }
    }

    @Test
    void an_upload_that_is_slow_but_goes_on_is_answered() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(),
                        BUDGET,
                        new Patience(2_000, 300_000, 60_000));
                var client = RawClient.open(plane.port())) {
            var request = RawClient.post(DataPlane.HELLO).getBytes(StandardCharsets.UTF_8);
            int pieces = 6;
            int head = request.length - 2 * pieces;
            client.getOutputStream().write(request, 0, head);
            for (int i = 0; i < pieces; i++) {
                silentFor(client, 450);
                client.getOutputStream().write(request, head + 2 * i, 2);
            }
            client.setSoTimeout(10_000);
            var first = new byte[12];
            assertThat(client.getInputStream().readNBytes(first, 0, 12)).isEqualTo(12);
            assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
    }

    /** Nothing comes back for so long. */
    private static void silentFor(Socket client, int millis) throws IOException {
        client.setSoTimeout(millis);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    private static String readToTheEnd(Socket client) {
        var all = new StringBuilder();
        var buffer = new byte[1 << 16];
        try {
            for (int n = client.getInputStream().read(buffer);
                    n >= 0;
                    n = client.getInputStream().read(buffer)) {
                all.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // A reset is an end too.
        }
        return all.toString();
    }
}
