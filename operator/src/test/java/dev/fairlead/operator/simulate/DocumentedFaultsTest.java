package dev.fairlead.operator.simulate;

import static dev.fairlead.operator.simulate.Api.quotes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.simulate.fault.FaultKind;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of faults in docs/simulator.md, row by row against the simulator's own books. */
class DocumentedFaultsTest {

    private static final List<String> WITHOUT_END = List.of("stall", "stallBeforeHeaders", "neverEnding");

    private static Simulator simulator;

    /** What the table says about one kind. */
    record Row(String kind, String strikes, boolean charges, String used) {
        boolean strikes(boolean stream) {
            return strikes.equals("all calls") || strikes.equals(stream ? "streams" : "whole answers");
        }

        /** Whether the prompt counts as used when nothing but the kind (and what it needs) is asked for. */
        boolean usesPrompt(boolean stream) {
            return switch (used) {
                case "none" -> false;
                case "all", "prompt and what was sent" -> true;
                case "of a stream: prompt and what was sent" -> stream;
                case "with `afterChunks`: prompt and what was sent" -> false;
                default -> throw new IllegalStateException("the table says something new: " + used);
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        String profile =
                "accounts: [{name: a, keys: [sk-a-1], limits: {requestsPerMinute: 6000, tokensPerMinute: 600000}}]";
        simulator = Simulator.start(
                SimulatorOptions.onFreePort().withProfile(new ProfileReader().parse("profile", profile)));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void reset() {
        simulator.reset();
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "simulator.md")).stream()
                .dropWhile(line -> !line.startsWith("| kind |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split(" [|] |^[|] | [|]$"))
                .map(cells -> new Row(cells[1].replace("`", ""), cells[3], cells[4].equals("yes"), cells[5]))
                .toList();
    }

    @Test
    void everyKindHasItsRow() throws IOException {
        assertThat(rows().stream().map(Row::kind))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(FaultKind.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theBooksSayWhatTheTableSays(Row row) throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            simulator.reset();
            strike(row.kind(), stream);
            await().until(() -> account().get("faulted").asInt()
                            + account().get("aborted").asInt()
                            + account().get("answered").asInt()
                    == 1);

            boolean struck = row.strikes(stream);
            JsonNode log = simulator.stats().get("log");
            assertThat(log.get(0).get("fault").asText("none"))
                    .as(row + ", stream " + stream)
                    .isEqualTo(struck ? row.kind() : "none");
            boolean charged = !struck || row.charges();
            assertThat(account().get("admitted").asInt()).isEqualTo(charged ? 1 : 0);
            assertThat(account().get("tokensCharged").asLong() > 0).isEqualTo(charged);
            assertThat(account().get("tokensIn").asLong() > 0).isEqualTo(!struck || row.usesPrompt(stream));
            if (!struck || row.used().equals("all")) {
                assertThat(account().get("tokensOut").asLong()).isEqualTo(16);
            }
        }
    }

    @Test
    void aResetAfterEventsHasUsedWhatWasSent() throws Exception {
        simulator.addFaults(quotes("{'kind':'reset','afterChunks':3}"));
        try (RawCall call = new RawCall(simulator)) {
            call.chat(Api.chat(",'stream':true")).readUntil("data:");
        }
        await().until(() -> account().get("faulted").asInt() == 1);
        assertThat(account().get("tokensIn").asLong()).isPositive();
        assertThat(account().get("tokensOut").asLong()).isEqualTo(2);
    }

    /** Sends one call, and leaves once it is over or nothing more is going to come. */
    private static void strike(String kind, boolean stream) throws IOException {
        String more = kind.equals("status") ? ",'status':418" : kind.equals("slow") ? ",'delayMs':20" : "";
        simulator.addFaults(quotes("{'kind':'" + kind + "'" + more + "}"));
        try (RawCall call = new RawCall(simulator)) {
            call.chat(Api.chat(stream ? ",'stream':true" : ""));
            await().until(() -> {
                JsonNode entry = simulator.stats().at("/log/0");
                return !entry.path("outcome").asText("running").equals("running")
                        || WITHOUT_END.contains(entry.path("fault").asText());
            });
        }
    }

    private static JsonNode account() {
        return simulator.stats().at("/accounts/a");
    }
}
