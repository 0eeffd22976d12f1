package dev.fairlead.sidecar.dialect;

import static dev.fairlead.sidecar.dialect.RandomJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseFramingTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void finds_events_whatever_ends_the_lines(String end) {
        String stream = "data: a" + end + end + "event: x" + end + "data:b" + end + "data" + end + "data:  c" + end
                + ": no" + end + "id: 7" + end + end;

        assertThat(events(utf8(stream), 1_000)).containsExactly("a", "b\n\n c");
    }

    @Test
    void passes_over_a_byte_order_mark_comments_unknown_fields_and_events_without_data() {
        String stream =
                "\ufeffdata: 1\n\n: ping\n\nevent: ping\n\n\n\ndatax: no\nxdata: no\ndat: no\n data: no\n\ndata: 2\n\n";

        assertThat(events(utf8(stream), 1_000)).containsExactly("1", "2");
    }

    @Test
    void a_mark_in_the_middle_of_the_stream_is_no_mark() {
        assertThat(events(utf8("data: 1\n\n\ufeffdata: 2\n\n"), 1_000)).containsExactly("1");
    }

    @Test
    void a_broken_mark_spoils_its_line_only() {
        byte[] stream = utf8("\ufeffdata: 1\n\ndata: 2\n\n");
        stream[2] = 'x';

        assertThat(events(stream, 1_000)).containsExactly("2");
    }

    @Test
    void an_event_ends_with_its_blank_line_not_with_the_stream() {
        assertThat(events(utf8("data: 1\n\ndata: 2\n"), 1_000)).containsExactly("1");
    }

    @Test
    void knows_whether_an_event_could_begin_here() {
        String stream = "\ufeff: hi\ndata: 1\nid: 3\n\r\nevent: x\n\n";
        var between = new StringBuilder();
        var events = new Events();
        var framing = new SseFraming(events);
        byte[] bytes = utf8(stream);
        for (int i = 0; i < bytes.length; i++) {
            between.append(framing.betweenEvents() ? '1' : '0');
            events.begin(bytes, i, 1);
            framing.feed(bytes, i, 1);
        }
        between.append(framing.betweenEvents() ? '1' : '0');

        //                              mark : hi\n  data: 1\n id: 3\n  \r \n event: x\n \n
        assertThat(between).hasToString("100" + "10000" + "10000000" + "000000" + "0" + "1" + "100000000" + "0" + "1");
    }

    @Property(tries = 1_000)
    void reads_as_a_plain_reading_line_by_line_does_however_the_bytes_are_cut(@ForAll long seed) {
        var random = new Random(seed);
        byte[] stream = randomStream(random);
        List<String> expected = plainReading(new String(stream, StandardCharsets.UTF_8));

        for (int piece : new int[] {1, 2, 3, 7, 1_000}) {
            assertThat(events(stream, piece)).isEqualTo(expected);
        }
    }

    @Property(tries = 1_000)
    void every_byte_belongs_to_one_event_or_comment(@ForAll long seed) {
        var random = new Random(seed);
        byte[] stream = randomStream(random);
        int piece = 1 + random.nextInt(5);

        var events = new Events();
        read(stream, piece, events);
        events.out.write(stream, stream.length - (events.total - events.boundary), events.total - events.boundary);

        assertThat(events.out.toByteArray()).isEqualTo(stream);
    }

    static byte[] randomStream(Random random) {
        String[] lines = {
            "data: x",
            "data:y",
            "data",
            "data: ",
            "data:  {\"a\":1}",
            ": comment",
            ":",
            "event: message",
            "id",
            "datum: 1",
            "\u00e4",
            "da",
            "",
            "",
            "",
            ""
        };
        String[] ends = {"\n", "\r", "\r\n"};
        int fixed = random.nextInt(6);
        var stream = new StringBuilder(random.nextInt(4) == 0 ? "\ufeff" : "");
        for (int n = random.nextInt(14); n > 0; n--) {
            stream.append(lines[random.nextInt(lines.length)]).append(ends[fixed < 3 ? fixed : random.nextInt(3)]);
        }
        return utf8(stream.append(random.nextInt(4) == 0 ? "data: cut" : "").toString());
    }

    private static List<String> plainReading(String stream) {
        String text = stream.startsWith("\ufeff") ? stream.substring(1) : stream;
        String[] lines = text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        var events = new ArrayList<String>();
        StringBuilder data = null;
        for (int i = 0; i < lines.length - 1; i++) {
            String line = lines[i];
            if (line.isEmpty()) {
                if (data != null) {
                    events.add(data.toString());
                }
                data = null;
            } else if (line.equals("data") || line.startsWith("data:")) {
                String value = line.length() < 5 ? "" : line.substring(line.startsWith("data: ") ? 6 : 5);
                data = data == null
                        ? new StringBuilder(value)
                        : data.append('\n').append(value);
            }
        }
        return events;
    }

    private static List<String> events(byte[] stream, int piece) {
        var events = new Events();
        read(stream, piece, events);
        return events.events;
    }

    private static void read(byte[] stream, int piece, Events events) {
        var framing = new SseFraming(events);
        for (int from = 0; from < stream.length; from += piece) {
            int len = Math.min(piece, stream.length - from);
            events.begin(stream, from, len);
            framing.feed(stream, from, len);
        }
    }

    private static final class Events implements SseSink {
        final List<String> events = new ArrayList<>();
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        int total;
        int boundary;
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private byte[] in = {};

        void begin(byte[] bytes, int from, int len) {
            in = bytes;
            total = from + len;
        }

        @Override
        public void data(byte[] bytes, int off, int len) {
            data.write(bytes, off, len);
        }

        @Override
        public void nextDataLine() {
            data.write('\n');
        }

        @Override
        public void commentEnded(int after) {
            boundary(after);
        }

        @Override
        public void eventEnded(int after, boolean hadData) {
            if (hadData) {
                events.add(data.toString(StandardCharsets.UTF_8));
            } else {
                assertThat(data.size()).isZero();
            }
            data.reset();
            boundary(after);
        }

        @Override
        public void lineFeedFollowed(int after) {
            assertThat(in[after - 1]).isEqualTo((byte) '\n');
            assertThat(after).isEqualTo(boundary + 1);
            boundary(after);
        }

        private void boundary(int after) {
            assertThat(after).isGreaterThan(boundary);
            out.write(in, boundary, after - boundary);
            boundary = after;
        }
    }
}
