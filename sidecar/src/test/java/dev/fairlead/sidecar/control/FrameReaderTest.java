package dev.fairlead.sidecar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Heard heard = new Heard();
    private final FrameLines lines = new FrameLines(new FrameReader(heard));

    /** Writes down what the sink hears. */
    private static final class Heard implements FrameSink {
        final List<String> said = new ArrayList<>();

        @Override
        public void hello(String stream) {
            said.add("hello " + stream);
        }

        @Override
        public void trust(String caBundle) {
            said.add("trust " + caBundle);
        }

        @Override
        public void config(String hash, byte[] json) {
            said.add("config " + hash + " " + new String(json, StandardCharsets.UTF_8));
        }

        @Override
        public void ping() {
            said.add("ping");
        }

        @Override
        public void bye(String reason) {
            said.add("bye " + reason);
        }
    }

    private static String everyFrame() throws JsonProcessingException {
        var config = JSON.readTree("{\"version\":1,\"routes\":[{\"name\":\"ü€𝄞\\n}\"}],\"x\":{\"y\":[1,2.5,null]}}");
        var text = new StringBuilder();
        for (var frame : List.of(
                new Frame.Hello("abc"),
                new Frame.Trust("-----BEGIN\nx\n"),
                new Frame.Config("h1", config),
                new Frame.Ping(),
                new Frame.Bye("draining"))) {
            text.append(JSON.writerFor(Frame.class).writeValueAsString(frame)).append('\n');
        }
        return text.toString();
    }

    private static final List<String> EVERY_FRAME = List.of(
            "hello abc",
            "trust -----BEGIN\nx\n",
            "config h1 {\"version\":1,\"routes\":[{\"name\":\"ü€𝄞\\n}\"}],\"x\":{\"y\":[1,2.5,null]}}",
            "ping",
            "bye draining");

    @Test
    void everyFrameThatAnOperatorWritesIsHeard() throws Exception {
        feed(everyFrame());
        assertThat(heard.said).isEqualTo(EVERY_FRAME);
    }

    @Test
    void theNetworkMayCutAtAnyByte() throws Exception {
        var bytes = everyFrame().getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second : new int[] {first, (first + bytes.length) / 2, bytes.length}) {
                heard.said.clear();
                var fresh = new FrameLines(new FrameReader(heard));
                fresh.feed(Arrays.copyOfRange(bytes, 0, first));
                fresh.feed(Arrays.copyOfRange(bytes, first, second));
                fresh.feed(Arrays.copyOfRange(bytes, second, bytes.length));
                assertThat(heard.said).as("cut at %s and %s", first, second).isEqualTo(EVERY_FRAME);
            }
        }
    }

    @Test
    void theNetworkMayGiveOneByteAtATime() throws Exception {
        for (byte b : everyFrame().getBytes(StandardCharsets.UTF_8)) {
            lines.feed(new byte[] {b});
        }
        assertThat(heard.said).isEqualTo(EVERY_FRAME);
    }

    @Test
    void theOrderOfFieldsAndUnknownOnesDoNotMatter() throws Exception {
        feed("{\"config\": {\"a\" : [ {} ]} , \"new\":{\"type\":\"x\"},\"hash\":\"h\",\"type\":\"config\"}\r\n\n");
        assertThat(heard.said).containsExactly("config h {\"a\" : [ {} ]}");
    }

    @Test
    void aTypeOfANewerOperatorIsPassedOver() throws Exception {
        feed("{\"type\":\"lease\",\"stream\":7,\"config\":[1]}\n{\"type\":\"ping\"}\n");
        assertThat(heard.said).containsExactly("ping");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "[]",
                "7",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"ping\"",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}",
                "{\"type\":\"hello\"}",
                "{\"type\":\"trust\",\"caBundle\":null}",
                "{\"type\":\"config\",\"hash\":\"h\"}",
                "{\"type\":\"config\",\"hash\":\"h\",\"config\":\"x\"}",
                "{\"type\":\"config\",\"config\":{}}",
                "{\"type\":\"config\",\"hash\":\"h\",\"config\":{\"secret\":\"sk-1\",}}",
            })
    void whatIsNoFrameIsRefusedWithoutRepeatingIt(String line) {
        assertThatThrownBy(() -> feed(line + "\n"))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageStartingWith("a line ")
                .hasMessageNotContaining("sk-1");
        assertThat(heard.said).isEmpty();
    }

    @Test
    void aLineHasABoundWhetherItEndsOrNot() throws Exception {
        var bounded = new FrameLines((bytes, from, to) -> heard.said.add("line of " + (to - from)), 10);
        bounded.feed("1234567890\n".getBytes(StandardCharsets.UTF_8));
        bounded.feed("12345".getBytes(StandardCharsets.UTF_8));
        bounded.feed("67890\n".getBytes(StandardCharsets.UTF_8));
        assertThat(heard.said).containsExactly("line of 10", "line of 10");
        assertThatThrownBy(() -> bounded.feed("12345678901\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessageStartingWith("a line is longer than 10 bytes");
        assertThat(FrameLines.bound(48 << 20)).isEqualTo(8 << 20);
        assertThat(FrameLines.bound(1 << 30)).isEqualTo(16 << 20);
        bounded.feed("123456789".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> bounded.feed("12".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedFrameException.class);
    }

    private void feed(String text) throws MalformedFrameException {
        lines.feed(text.getBytes(StandardCharsets.UTF_8));
    }
}
