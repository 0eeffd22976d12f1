package dev.fairlead.operator.plan.load;

import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.exchange.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Recorded calls, made again: at the same times, of the same sizes, answered in the times that the provider took. A call that
 * was not answered gets tokens and times of a random call of the same model that was. Calls that were refused then are made
 * again too: they are demand. A workload has as many sidecars as its records name pods, and one where they name none.
 */
public final class RecordedLoad {
    /** By how much the copies of a call lie apart when there are to be more of them. */
    private static final long COPIES_WITHIN_MS = 5_000;

    private static final String DEFAULT_SERVICE_ACCOUNT = "default";

    private final RecordReader reader = new RecordReader();
    private final Workload standard;

    /** @param standard whose calls they are where records do not say */
    public RecordedLoad(Workload standard) {
        this.standard = standard;
    }

    /**
     * Reads files of records: of sidecars that called at the same time, or of one after the other.
     *
     * @param scale how many times as many calls
     * @throws IOException with a message for people: a file that cannot be read, a line that is no record, no call to replay
     */
    public Load read(List<Path> files, double scale, long seed) throws IOException {
        var calls = new ArrayList<RecordedCall>();
        var notes = new ArrayList<String>();
        int passedOver = 0;
        int ofLog = 0;
        for (var file : files) {
            var records = reader.read(file);
            calls.addAll(records.calls());
            passedOver += records.passedOver();
            ofLog += records.ofLog();
            if (records.cutShort()) {
                notes.add("The last line of " + file + " is cut short; it is left out.");
            }
        }
        calls.sort(Comparator.comparingLong(RecordedCall::epochMs));
        if (calls.isEmpty()) {
            throw new IOException(files.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ": holds no call that asked for a key");
        }
        var random = new SplittableRandom(seed);
        var likely = new LikelyAnswers(calls, random);
        var workloads = new LinkedHashMap<Workload, Integer>();
        var pods = new ArrayList<Set<String>>();
        var planned = new ArrayList<PlannedCall>();
        long begin = calls.get(0).epochMs();
        int guessed = 0;
        for (var call : calls) {
            int workload = workloads.computeIfAbsent(workload(call.caller()), unused -> workloads.size());
            if (workload == pods.size()) {
                pods.add(new HashSet<>());
            }
            pods.get(workload).add(call.caller().pod());
            var answer = call.served() ? call : likely.of(call);
            guessed += call.served() ? 0 : 1;
            var one = planned(call, answer, workload, begin);
            int copies = (int) (scale + random.nextDouble());
            for (int i = 0; i < copies; i++) {
                long apart = i == 0 ? 0 : random.nextLong(2_000 * COPIES_WITHIN_MS) - 1_000 * COPIES_WITHIN_MS;
                planned.add(one.at(Math.max(0, one.atMicros() + apart)));
            }
        }
        planned.sort(Comparator.comparingLong(PlannedCall::atMicros));
        long length = calls.get(calls.size() - 1).epochMs() - begin + 1;
        // Embeddings have no answer to set a maximum for.
        boolean maxTokensUnknown = calls.stream().anyMatch(call -> call.endpoint() != Endpoint.EMBEDDINGS)
                && calls.stream().allMatch(call -> call.maxTokens() == 0);
        if (passedOver > 0) {
            notes.add(passedOver + " records are of calls that never asked for a key; they are left out.");
        }
        if (ofLog > 0) {
            notes.add(ofLog + " lines are of a sidecar's log; they are left out.");
        }
        if (guessed > 0) {
            notes.add(guessed + " recorded calls were not answered; they are given the size and pace of others of their"
                    + " model.");
        }
        return new Load(
                planned,
                List.copyOf(workloads.keySet()),
                pods.stream().map(Set::size).toList(),
                length,
                maxTokensUnknown,
                notes);
    }

    private static PlannedCall planned(RecordedCall call, RecordedCall answer, int workload, long begin) {
        return new PlannedCall(
                (call.epochMs() - begin) * 1_000,
                workload,
                call.endpoint(),
                call.route(),
                call.model(),
                call.stream(),
                call.headers(),
                Math.max(1, answer.inputTokens()),
                call.maxTokens() == 0 ? answer.outputTokens() : Math.min(answer.outputTokens(), call.maxTokens()),
                call.maxTokens(),
                call.stream() ? answer.firstMs() : 0,
                answer.servedMs());
    }

    private Workload workload(RecordedCall.Caller caller) {
        if (caller.namespace() == null) {
            return standard;
        }
        var account = caller.serviceAccount() == null ? DEFAULT_SERVICE_ACCOUNT : caller.serviceAccount();
        boolean same = caller.namespace().equals(standard.namespace()) && account.equals(standard.serviceAccount());
        var name = caller.workload() == null ? standard.name() : caller.workload();
        return new Workload(caller.namespace(), name, account, same ? standard.labels() : Map.of());
    }

    /** Answers for calls that have none of their own. */
    private static final class LikelyAnswers {
        private final Map<String, List<RecordedCall>> served = new HashMap<>();
        private final SplittableRandom random;

        LikelyAnswers(List<RecordedCall> calls, SplittableRandom random) {
            this.random = random;
            for (var call : calls) {
                if (call.served()) {
                    served.computeIfAbsent(call.model(), model -> new ArrayList<>())
                            .add(call);
                    served.computeIfAbsent("", any -> new ArrayList<>()).add(call);
                }
            }
        }

        RecordedCall of(RecordedCall call) {
            var alike = served.getOrDefault(call.model(), served.getOrDefault("", List.of(call)));
            return alike.get(random.nextInt(alike.size()));
        }
    }
}
