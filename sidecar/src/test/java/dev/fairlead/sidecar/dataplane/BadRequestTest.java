package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What no client should send gets a clear answer in OpenAI's shape, reaches no provider, and disturbs nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTest {
    private FakeProvider provider;
    private DataPlane plane;

    @BeforeAll
    void start() throws IOException {
        provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
        plane = new DataPlane(new Configs().pool("main", provider.url(), "a").build());
    }

    @AfterAll
    void stop() throws IOException {
        plane.close();
        provider.close();
    }

    @Test
    void a_body_that_cannot_be_a_request_is_a_400_that_says_why() throws Exception {
        var bodies = new LinkedHashMap<String, String>();
        bodies.put("", "empty");
        bodies.put("{\"model\":", "not valid JSON");
        bodies.put("[1]", "JSON object");
        bodies.put("{\"messages\":[]}", "model");
        bodies.put("{\"model\":5}", "model");
        bodies.put("{\"model\":\"\"}", "model");
        bodies.put("{\"model\":\"gpt-4o\",\"mod\\u0065l\":\"other\"}", "model");
        bodies.put("{\"model\":\"gpt-4o\",\"stream\":\"yes\"}", "stream");
        bodies.put("{\"model\":\"gpt-4o\"} trailing", "not valid JSON");
        bodies.put("{\"model\":\"gpt-4o\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", "nest");
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            var answer = plane.chat(body.getKey());
            assertThat(answer.statusCode()).as(body.getValue()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("\"code\":\"invalid_request\"", "\"type\":\"invalid_request_error\"")
                    .containsIgnoringCase(body.getValue());
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("invalid_request");
        }
        stillServes();
    }

    @Test
    void invalid_utf8_is_refused() throws Exception {
        var head = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 24\r\n\r\n";
        try (var socket = RawClient.open(plane.port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write("{\"model\":\"gpt-4o\",\"a\":\"".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(new byte[] {(byte) 0xff});
            socket.shutdownOutput();
            assertThat(RawClient.readAll(socket).status()).isEqualTo(400);
        }
        stillServes();
    }

    @Test
    void an_unknown_model_is_a_404_and_an_unknown_path_too() throws Exception {
        var unknown = plane.chat(DataPlane.HELLO.replace("gpt-4o", "gpt-none"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"code\":\"model_not_found\"", "gpt-none", "\"param\":\"model\"");
        assertThat(plane.get("/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(plane.get("/v1/nothing").body()).contains("\"code\":\"not_found\"");
    }

    @Test
    void the_wrong_method_is_a_405_that_names_the_right_one() throws Exception {
        var answer = plane.get("/v1/chat/completions");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("POST");
        assertThat(answer.body()).contains("\"code\":\"method_not_allowed\"");
    }

    @Test
    void a_body_of_33_mib_is_a_413_before_it_is_read() throws Exception {
        var head =
                "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: " + (33L << 20) + "\r\n\r\n";
        var answer = RawClient.exchange(plane.port(), head + "{\"model\":");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"request_too_large\"");

        var sent = plane.chat("{\"model\":\"gpt-4o\",\"x\":\"" + "x".repeat(33 << 20) + "\"}");
        assertThat(sent.statusCode()).isEqualTo(413);
        stillServes();
    }

    @Test
    void a_chunked_body_that_grows_too_large_is_a_413() throws Exception {
        try (var socket = RawClient.open(plane.port())) {
            var out = socket.getOutputStream();
            out.write("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            var chunk = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.UTF_8);
            try {
                for (int i = 0; i < 40; i++) {
                    out.write(chunk);
                }
            } catch (IOException e) {
                // The sidecar has stopped listening, as it may.
            }
            assertThat(RawClient.readAll(socket).status()).isEqualTo(413);
        }
        stillServes();
    }

    @Test
    void a_header_of_64_kib_is_a_431() throws Exception {
        var answer = RawClient.exchange(
                plane.port(),
                "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nx-big: " + "x".repeat(64 << 10) + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("\"code\":\"headers_too_large\"");
        stillServes();
    }

    @Test
    void a_first_line_that_is_too_long_is_a_431_that_says_so() throws Exception {
        var answer = RawClient.exchange(
                plane.port(), "GET /v1/models/" + "x".repeat(9 << 10) + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("\"code\":\"headers_too_large\"", "first line is longer than 8192 bytes");
        stillServes();
    }

    @Test
    void the_host_may_be_written_in_capitals() throws Exception {
        var answer = RawClient.exchange(
                plane.port(), "GET /v1/models HTTP/1.1\r\nhost: LocalHost:15080\r\nconnection: close\r\n\r\n");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void two_ways_to_say_how_long_a_body_is_are_refused_and_the_connection_ends() throws Exception {
        var answer = RawClient.exchange(
                plane.port(),
                "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n"
                        + "transfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text().split("HTTP/1.1 [0-9]{3}"))
                .as("one answer only")
                .hasSize(2);
        var twice = RawClient.exchange(
                plane.port(),
                "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello");
        assertThat(twice.status()).isEqualTo(400);
        stillServes();
    }

    @Test
    void what_is_not_http_is_a_400() throws Exception {
        assertThat(RawClient.exchange(plane.port(), "hello there\r\n\r\n").status())
                .isEqualTo(400);
        stillServes();
    }

    @Test
    void a_web_page_of_another_site_is_refused() throws Exception {
        assertThat(plane.chat(DataPlane.HELLO, "origin", "https://evil.example").statusCode())
                .isEqualTo(400);
        assertThat(plane.chat(DataPlane.HELLO, "sec-fetch-site", "cross-site").statusCode())
                .isEqualTo(400);
        var rebound = RawClient.exchange(
                plane.port(), "GET /v1/models HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n");
        assertThat(rebound.status()).isEqualTo(400);
    }

    @Test
    void a_bad_timeout_header_is_refused() throws Exception {
        for (var value : new String[] {"soon", "-1", "0"}) {
            assertThat(plane.chat(DataPlane.HELLO, "x-fairlead-timeout-ms", value)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void expect_100_continue_is_answered_before_the_body() throws Exception {
        try (var socket = RawClient.open(plane.port())) {
            var request = RawClient.post(DataPlane.HELLO);
            int body = request.indexOf("\r\n\r\n") + 4;
            var head = request.substring(0, body - 2) + "expect: 100-continue\r\nconnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            var first = new String(socket.getInputStream().readNBytes(21), StandardCharsets.UTF_8);
            assertThat(first).startsWith("HTTP/1.1 100 Continue");
            socket.getOutputStream().write(request.substring(body).getBytes(StandardCharsets.UTF_8));
            assertThat(RawClient.readAll(socket).text()).contains("HTTP/1.1 200 OK");
        }
    }

    private void stillServes() throws Exception {
        assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
    }
}
