package dev.fairlead.sidecar.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetClientTest {
    private final ManualLoop loop = new ManualLoop();
    private final FleetPoolsInHand pools = new FleetPoolsInHand();
    private final List<Posted> posted = new ArrayList<>();
    private FleetClient client;

    private record Posted(long atMs, FleetReport report, Dialer.Answer answer) {}

    private final Reporting.Way way = new Reporting.Way() {
        @Override
        public String stream() {
            return "stream-1";
        }

        @Override
        public void post(byte[] report, Dialer.Answer answer) {
            try {
                posted.add(new Posted(loop.nowMs(), new ObjectMapper().readValue(report, FleetReport.class), answer));
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        }
    };

    @BeforeEach
    void begin() {
        client = new FleetClient(loop, pools);
    }

    private void open() {
        client.opened(way);
        loop.advance(0);
    }

    private Posted last() {
        return posted.get(posted.size() - 1);
    }

    private void answer(Posted to, long share, long nextInMs) {
        var body = "{\"pools\":[{\"pool\":\"ns/pool\",\"shares\":[{\"meter\":\"a/*/requestsPerMinute\",\"share\":"
                + share + "},{\"meter\":\"a/*/requestsPerDay\",\"share\":" + share + "}]}],\"nextInMs\":" + nextInMs
                + "}";
        to.answer().came(200, body.getBytes(StandardCharsets.UTF_8));
        loop.advance(0);
    }

    @Test
    void reportsAtOnceAndThenAsOftenAsItIsAskedTo() {
        open();
        assertThat(last().report().stream()).isEqualTo("stream-1");
        answer(last(), 40, 5_000);
        assertThat(pools.given("Minute")).isEqualTo(40);
        loop.advance(4_900);
        assertThat(posted).hasSize(1);
        loop.advance(1_100);
        assertThat(posted).hasSize(2);
        assertThat(last().report().number()).isEqualTo(2);
        assertThat(last().report().process()).isEqualTo(posted.get(0).report().process());
    }

    @Test
    void callsThatWaitAreReportedEverySecondAndANeedAfterATenthOfOne() {
        open();
        answer(last(), 0, 5_000);
        pools.waiting = 3;
        loop.advance(10);
        pools.need();
        loop.advance(80);
        assertThat(posted).hasSize(1);
        loop.advance(20);
        assertThat(posted).hasSize(2);
        assertThat(last().atMs()).isEqualTo(100);
        assertThat(last().report().pools().get(0).waiting()).isEqualTo(3);
        answer(last(), 0, 5_000);
        loop.advance(3_000);
        // One at a time: this one has no answer yet.
        assertThat(posted).hasSize(3);
        answer(last(), 5, 5_000);
        loop.advance(1_000);
        assertThat(posted).hasSize(4);
    }

    @Test
    void whatHappensToAKeyIsReportedWithinASecondAndNotMoreOftenThanThat() {
        open();
        answer(last(), 40, 60_000);
        loop.advance(10_300);
        assertThat(posted).hasSize(1);
        for (int i = 0; i < 50; i++) {
            pools.keys = List.of(new KeyReading("a", "a", "fa", i % 2 == 0 ? "Parked" : "Available", 9_000, ""));
            loop.advance(100);
            if (posted.size() > 1) {
                answer(last(), 40, 60_000);
            }
        }
        assertThat(posted.get(1).atMs()).isEqualTo(11_000);
        assertThat(posted).hasSizeBetween(2, 7);
        pools.keys = List.of(new KeyReading("a", "a", "fa", "Invalid", 9_000, "credential"));
        int before = posted.size();
        loop.advance(1_000);
        assertThat(posted).hasSize(before + 1);
        assertThat(last().report().pools().get(0).keys()).hasSize(1);
    }

    @Test
    void headroomIsReportedWithinASecondWhenItWouldBeShownOtherwise() {
        pools.headroom = 90;
        open();
        answer(last(), 40, 60_000);
        pools.headroom = 88;
        loop.advance(5_000);
        assertThat(posted).hasSize(1);
        pools.headroom = 70;
        loop.advance(1_000);
        assertThat(posted).hasSize(2);
    }

    @Test
    void whenTheOperatorHasNotAnsweredForHalfAMinuteNobodyHopesForALargerShareAnyMore() {
        open();
        answer(last(), 40, 60_000);
        loop.advance(50_000);
        assertThat(pools.alone).as("it was not asked anything").isEmpty();
        loop.advance(11_000);
        answer(last(), 40, 5_000);
        client.closed(way);
        loop.advance(LastShares.HOPE_MS - 1_000);
        assertThat(pools.alone).isEmpty();
        loop.advance(2_000);
        assertThat(pools.alone).containsExactly("ns/pool");
    }

    @Test
    void anAnswerThatWasGivenUpIsNotLookedAt() {
        open();
        var late = last();
        loop.advance(FleetClient.ANSWER_MS + 1_000);
        assertThat(posted).hasSize(2);
        answer(late, 99, 5_000);
        assertThat(pools.applied).isEmpty();
        answer(last(), 7, 5_000);
        assertThat(pools.given("Minute")).isEqualTo(7);
    }

    @Test
    void whileNobodyAnswersWhatWasGivenHoldsAndEverySecondItAsksAgain() {
        open();
        answer(last(), 40, 1_000);
        pools.used = 1;
        for (int i = 0; i < 10; i++) {
            loop.advance(1_000);
            last().answer().came(503, new byte[0]);
        }
        assertThat(posted).hasSizeBetween(9, 12);
        assertThat(pools.given("Minute")).isEqualTo(40);
    }

    @Test
    void aClosedWayIsNotTakenAndTheNextOneIsTakenAtOnce() {
        open();
        client.closed(way);
        loop.advance(20_000);
        assertThat(posted).hasSize(1);
        open();
        assertThat(posted).hasSize(2);
    }

    @Test
    void aProcessThatHasNeverHeardFromAnOperatorHopesForNoLargerShareAfterHalfAMinute() {
        client.restored();
        loop.advance(LastShares.HOPE_MS - 1);
        assertThat(pools.alone).as("an operator may come yet").isEmpty();
        pools.made.add(new Pin("00ff", "a"));
        loop.advance(2);
        assertThat(pools.alone).containsExactly("ns/pool");
        open();
        assertThat(last().report().pools().get(0).pins()).containsExactly(new Pin("00ff", "a"));
    }

    @Test
    void thatARedisIsAwayIsReportedWithinASecondAndThatItIsBackToo() {
        open();
        answer(last(), 1, 60_000);
        pools.redisUp = false;
        loop.advance(1_000);
        assertThat(posted).hasSize(2);
        assertThat(last().report().pools().get(0).redisUp()).isFalse();
        answer(last(), 1, 60_000);
        loop.advance(10_000);
        assertThat(posted).hasSize(2);
        pools.redisUp = true;
        loop.advance(1_000);
        assertThat(last().report().pools().get(0).redisUp()).isTrue();
    }

    @Test
    void thatAModelIsGoneIsReportedWithinASecondAndThatItAnswersAgainToo() {
        open();
        answer(last(), 1, 60_000);
        pools.gone = List.of("gpt-4-32k");
        loop.advance(1_000);
        assertThat(posted).hasSize(2);
        assertThat(last().report().pools().get(0).gone()).containsExactly("gpt-4-32k");
        answer(last(), 1, 60_000);
        pools.gone = List.of();
        loop.advance(1_000);
        assertThat(last().report().pools().get(0).gone()).isEmpty();
    }

    @Test
    void pinsAreToldUntilAReportWithThemIsAnswered() {
        open();
        answer(last(), 1, 5_000);
        pools.made.add(new Pin("00ff", "a"));
        loop.advance(1_000);
        assertThat(last().report().pools().get(0).pins()).containsExactly(new Pin("00ff", "a"));
        last().answer().came(503, new byte[0]);
        loop.advance(1_000);
        assertThat(posted).hasSize(3);
        assertThat(last().report().pools().get(0).pins()).containsExactly(new Pin("00ff", "a"));
        answer(last(), 1, 5_000);
        loop.advance(6_000);
        assertThat(last().report().pools().get(0).pins()).isEmpty();
    }

    @Test
    void aReportThatIsTooLongIsSentAgainWithLessAtOnceSoThatSharesGoOn() {
        pools.keys = IntStream.range(0, 25_000)
                .mapToObj(i -> new KeyReading("k" + i, "a" + i, "f" + i, i < 24_990 ? "Parked" : "Invalid", 9_000, ""))
                .toList();
        open();
        assertThat(last().report().pools().get(0).keys()).hasSize(PoolReport.MOST);
        assertThat(last().report().pools().get(0).keys().get(0).state()).isEqualTo("Invalid");
        last().answer().came(413, new byte[0]);
        loop.advance(FleetClient.BETWEEN_MS);
        assertThat(posted).hasSize(2);
        assertThat(last().report().pools().get(0).keys()).hasSizeBetween(10, PoolReport.MOST / 2);
        assertThat(last().report().pools().get(0).meters()).hasSize(2);
        answer(last(), 40, 5_000);
        assertThat(pools.given("Minute")).isEqualTo(40);
    }

    @Test
    void aReportThatCannotBeShorterIsNotSentMoreOftenThanOthers() {
        open();
        for (int i = 0; i < 30; i++) {
            last().answer().came(413, new byte[0]);
            loop.advance(1_000);
        }
        assertThat(posted).hasSizeBetween(30, 45);
    }
}
