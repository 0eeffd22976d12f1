package dev.fairlead.sidecar.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.config.ConfigCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorTest {
    /** The longest that jitter allows, and the first of several addresses. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new AssertionError("only bounded numbers are asked for");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }

        @Override
        public int nextInt(int bound) {
            return 0;
        }
    };

    private final ManualLoop loop = new ManualLoop();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> applied = new ArrayList<>();
    private final Queue<Runnable> offLoop = new ArrayDeque<>();
    private Error failure;
    private boolean workerIsBusy;
    private List<InetAddress> resolved = addresses(1);
    private Path token;
    private Connector connector;
    private LastKnownGood store;

    /** One stream as the operator sees it. */
    private final class Call implements Dialer.Stream {
        final long atMs = loop.nowMs();
        final InetAddress address;
        final String token;
        final List<String> authorities;
        final Dialer.Events events;
        final List<String> acks = new ArrayList<>();
        boolean closed;

        Call(InetAddress address, String token, List<String> authorities, Dialer.Events events) {
            this.address = address;
            this.token = token;
            this.authorities = authorities;
            this.events = events;
        }

        @Override
        public void ack(Ack ack, String with, List<String> trusted) {
            acks.add(
                    ack.stream() + " " + ack.hash() + " " + (ack.applied() ? "ok" : ack.path() + ": " + ack.message()));
        }

        @Override
        public void report(byte[] report, String with, List<String> trusted, Dialer.Answer answer) {
            throw new AssertionError("nobody reports here");
        }

        @Override
        public void close() {
            closed = true;
        }

        void say(String... lines) {
            for (var line : lines) {
                events.received((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            loop.advance(0);
        }

        Call open() {
            events.opened();
            say("{\"type\":\"hello\",\"stream\":\"s" + calls.size() + "\"}");
            return this;
        }

        void config(String hash) {
            say("{\"type\":\"config\",\"hash\":\"" + hash + "\",\"config\":{\"version\":1}}");
        }
    }

    @BeforeEach
    void connect(@TempDir Path folder) throws IOException {
        token = folder.resolve("token");
        Files.writeString(token, "token-1\n");
        store = new LastKnownGood(folder);
        ConfigSink sink = config -> {
            if (failure != null) {
                throw failure;
            }
            applied.add(config.workload().toString());
        };
        connector = new Connector(
                loop,
                task -> {
                    if (workerIsBusy) {
                        offLoop.add(task);
                    } else {
                        task.run();
                    }
                },
                (address, with, authorities, events) -> {
                    calls.add(new Call(address, with, authorities, events));
                    return last();
                },
                new Approach("fairlead-config.test.svc", token, host -> {
                    if (resolved.isEmpty()) {
                        throw new UnknownHostException(host);
                    }
                    return resolved;
                }),
                LONGEST,
                new ConfigInForce(new ConfigCodec(), sink, store),
                new Authorities("the pod's", store),
                Reporting.NONE);
        connector.connect();
        loop.advance(0);
    }

    private Call last() {
        return calls.get(calls.size() - 1);
    }

    private static List<InetAddress> addresses(int n) {
        var all = new ArrayList<InetAddress>();
        for (int i = 1; i <= n; i++) {
            try {
                all.add(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) i}));
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        return all;
    }

    @Test
    void theFirstRetryIsQuickAndLaterOnesAreNoMoreThanTenSecondsApart() {
        var delays = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            long at = loop.nowMs();
            last().events.ended("connection refused");
            loop.advance(10_000);
            delays.add(calls.get(i + 1).atMs - at);
        }
        assertThat(delays).containsExactly(200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void whoIsNotLetInComesBackMoreSlowly() {
        var delays = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            long at = loop.nowMs();
            int before = calls.size();
            last().events.refused(new Dialer.Refusal(403, -1, "pod team-a/x is gone"));
            while (calls.size() == before) {
                loop.advance(100);
            }
            delays.add(last().atMs - at);
        }
        assertThat(delays).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L);
    }

    @Test
    void aTimeThatTheOperatorAsksForIsGiven() {
        last().events.refused(new Dialer.Refusal(503, 4_000, "not synced yet"));
        loop.advance(3_999);
        assertThat(calls).hasSize(1);
        loop.advance(1_001);
        assertThat(calls).hasSize(2);
        assertThat(last().atMs).isEqualTo(5_000);
    }

    @Test
    void aStreamThatLastedMakesTheNextRetryQuickAgain() {
        for (int i = 0; i < 5; i++) {
            last().events.ended("refused");
            loop.advance(10_000);
        }
        last().open().say("{\"type\":\"ping\"}");
        long at = loop.nowMs();
        last().events.ended("reset");
        loop.advance(10_000);
        assertThat(last().atMs - at).isEqualTo(200);
    }

    @Test
    void aStreamThatOpensAndEndsAtOnceIsNoReasonToHurry() {
        for (int i = 0; i < 6; i++) {
            last().open().events.ended("reset");
            loop.advance(10_000);
        }
        long at = loop.nowMs();
        last().open().events.ended("reset");
        loop.advance(9_999);
        assertThat(calls).hasSize(7);
        loop.advance(1);
        assertThat(last().atMs - at).isEqualTo(10_000);
    }

    @Test
    void otherAddressesComeFirstAndEachHasItsTurn() {
        resolved = addresses(3);
        last().events.ended("reset");
        for (int i = 0; i < 5; i++) {
            loop.advance(10_000);
            last().events.ended("reset");
        }
        assertThat(calls.stream().map(call -> call.address.getHostAddress()))
                .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.1", "10.0.0.2", "10.0.0.3");
    }

    @Test
    void afterAByeTheOthersComeFirst() {
        resolved = addresses(2);
        last().open().say("{\"type\":\"ping\"}", "{\"type\":\"bye\",\"reason\":\"draining\"}");
        assertThat(calls.get(0).closed).isTrue();
        loop.advance(1_000);
        assertThat(last().address.getHostAddress()).isEqualTo("10.0.0.2");
        last().open().say("{\"type\":\"bye\",\"reason\":\"draining\"}");
        loop.advance(1_000);
        assertThat(calls.stream().map(call -> call.address.getHostAddress()))
                .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.1");
    }

    @Test
    void aSilentOperatorIsLeftAfterFifteenSeconds() {
        last().open();
        loop.advance(14_999);
        assertThat(calls.get(0).closed).isFalse();
        last().say("{\"type\":\"ping\"}");
        loop.advance(14_999);
        assertThat(calls.get(0).closed).isFalse();
        loop.advance(1);
        assertThat(calls.get(0).closed).isTrue();
        loop.advance(200);
        assertThat(calls).hasSize(2);
    }

    @Test
    void anOperatorThatNeverAnswersIsLeftToo() {
        loop.advance(15_000);
        assertThat(calls.get(0).closed).isTrue();
    }

    @Test
    void aLineThatIsNoFrameEndsTheStreamAndTheNextComes() {
        last().open().say("garbage", "{\"type\":\"config\",\"hash\":\"h\",\"config\":{\"version\":1}}");
        assertThat(calls.get(0).closed).isTrue();
        assertThat(applied).isEmpty();
        loop.advance(200);
        assertThat(calls).hasSize(2);
    }

    @Test
    void aConfigurationIsAcknowledgedOnceAndTheSameAgainWithoutBeingApplied() {
        last().open().config("h1");
        assertThat(last().acks).containsExactly("s1 h1 ok");
        last().config("h1");
        assertThat(last().acks).containsExactly("s1 h1 ok", "s1 h1 ok");
        assertThat(applied).hasSize(1);
        assertThat(store.config().hash()).isEqualTo("h1");
    }

    @Test
    void whatCannotBeUsedIsRefusedWithPathAndMessageAndNotKept() {
        last().open().config("h1");
        last().say("{\"type\":\"config\",\"hash\":\"h2\",\"config\":{\"version\":7}}");
        assertThat(last().acks).hasSize(2);
        assertThat(last().acks.get(1)).startsWith("s1 h2 version: ").doesNotContain("version: version");
        assertThat(store.config().hash()).isEqualTo("h1");
        last().config("h1");
        assertThat(last().acks.get(2)).isEqualTo("s1 h1 ok");
        assertThat(applied).hasSize(1);
    }

    @Test
    void whatDoesNotFitIntoMemoryIsRefusedAndTheNextIsTaken() {
        last().open();
        failure = new OutOfMemoryError();
        last().config("h1");
        failure = null;
        last().config("h2");
        assertThat(last().acks).hasSize(2);
        assertThat(last().acks.get(0)).startsWith("s1 h1 $: does not fit into this sidecar's memory");
        assertThat(last().acks.get(1)).isEqualTo("s1 h2 ok");
    }

    @Test
    void whileOneIsAppliedOnlyTheLatestWaits() {
        var call = last().open();
        workerIsBusy = true;
        call.config("h1");
        call.config("h2");
        call.config("h3");
        workerIsBusy = false;
        offLoop.remove().run();
        loop.advance(0);
        assertThat(call.acks).containsExactly("s1 h1 ok", "s1 h3 ok");
        assertThat(offLoop).isEmpty();
    }

    @Test
    void aConfigurationThatIsAppliedAfterItsStreamHasEndedIsNotAcknowledgedElsewhere() {
        var call = last().open();
        workerIsBusy = true;
        call.config("h1");
        call.events.ended("reset");
        workerIsBusy = false;
        offLoop.remove().run();
        loop.advance(10_000);
        assertThat(applied).hasSize(1);
        assertThat(call.acks).isEmpty();
        assertThat(last().acks).isEmpty();
        last().open().config("h1");
        assertThat(last().acks).containsExactly("s2 h1 ok");
        assertThat(applied).hasSize(1);
    }

    @Test
    void anAcknowledgementThatFindsNoWayIsSentOnceMoreThenTheStreamIsLeft() {
        last().open().config("h1");
        last().events.ackFailed(0, "reset");
        loop.advance(500);
        assertThat(last().acks).containsExactly("s1 h1 ok", "s1 h1 ok");
        last().events.ackFailed(0, "reset");
        assertThat(calls.get(0).closed).isTrue();
        loop.advance(200);
        assertThat(calls).hasSize(2);
    }

    @Test
    void anAcknowledgementThatTheOperatorDoesNotWantIsNotRepeated() {
        last().open().config("h1");
        last().events.ackFailed(409, "unknown stream");
        loop.advance(1_000);
        assertThat(last().acks).hasSize(1);
        assertThat(last().closed).isFalse();
    }

    @Test
    void theTokenIsReadAnewForEveryConnection() throws IOException {
        Files.writeString(token, "token-2");
        last().events.ended("reset");
        loop.advance(200);
        assertThat(calls.stream().map(call -> call.token)).containsExactly("token-1", "token-2");
    }

    @Test
    void withoutATokenOrANameNobodyIsDialledUntilThereIsOne() throws IOException {
        Files.delete(token);
        last().events.ended("reset");
        loop.advance(5_000);
        assertThat(calls).hasSize(1);
        Files.writeString(token, "token-2");
        resolved = List.of();
        loop.advance(30_000);
        assertThat(calls).hasSize(1);
        resolved = addresses(1);
        loop.advance(10_000);
        assertThat(calls).hasSize(2);
    }

    @Test
    void anotherAuthorityCountsFromTheNextConnectionBesideThePods() throws IOException {
        var pem = TestCertificates.get().pem("ca2");
        last().open().say(new ObjectMapper().writerFor(Frame.class).writeValueAsString(new Frame.Trust(pem)));
        last().say("{\"type\":\"trust\",\"caBundle\":\"no certificate\"}");
        last().events.ended("reset");
        loop.advance(200);
        assertThat(calls.get(0).authorities).containsExactly("the pod's");
        assertThat(last().authorities).containsExactly("the pod's", pem);
        assertThat(store.authorities()).isEqualTo(pem);
    }

    @Test
    void afterTheEndNobodyIsDialled() {
        last().open();
        connector.close();
        assertThat(last().closed).isTrue();
        loop.advance(60_000);
        assertThat(calls).hasSize(1);
    }
}
