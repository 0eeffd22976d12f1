package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Conditions.Verdict.no;
import static dev.fairlead.operator.reconcile.Conditions.Verdict.yes;

import dev.fairlead.api.v1alpha1.KeyCounts;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolStatus;
import dev.fairlead.api.v1alpha1.PoolKey;
import dev.fairlead.operator.reconcile.Conditions.Verdict;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a KeyPool's status says. Keys are counted as they were compiled; whether they rest is not known here. */
final class KeyPoolStatuses implements Statuses<KeyPool, KeyPoolStatus> {
    private static final Pattern KEY = Pattern.compile("spec\\.keys\\[(\\d+)\\].*");

    private final Clock clock;

    KeyPoolStatuses(Clock clock) {
        this.clock = clock;
    }

    @Override
    public KeyPoolStatus of(Report<KeyPool> report, AckSummary acks, KeyPoolStatus before) {
        var earlier = conditionsOf(before);
        var basics = Basics.of(report, acks, earlier);
        var counts = counts(report);
        var keys = keysAvailable(report, counts);
        var ready = basics.ready(List.of(keys), yes(Reason.READY, "The pool can be used."));
        var status = new KeyPoolStatus();
        status.setObservedGeneration(report.generation());
        status.setConditions(basics.into(new Conditions(clock, report.generation(), earlier), ready, basics.stalled())
                .set(ConditionType.KEYS_AVAILABLE, keys)
                .list());
        status.setKeys(counts);
        status.setSidecars(Basics.column(acks));
        return status;
    }

    @Override
    public List<Condition> conditionsOf(KeyPoolStatus status) {
        return status == null ? List.of() : status.getConditions();
    }

    private static Verdict keysAvailable(Report<KeyPool> report, KeyCounts counts) {
        var found = report.about(ConditionType.KEYS_AVAILABLE);
        if (!found.isEmpty()) {
            return no(found.get(0).reason(), Sentences.of(found));
        }
        return yes(
                Reason.KEYS_AVAILABLE,
                counts == null
                        ? "The provider is called without a key."
                        : counts.getAvailable() + " of " + counts.getTotal() + " keys can be called with.");
    }

    /** {@code null} for a pool that calls without keys. */
    private static KeyCounts counts(Report<KeyPool> report) {
        var spec = report.object().getSpec();
        if (spec == null || spec.getKeys().isEmpty()) {
            return null;
        }
        var leftOut = leftOut(report.findings());
        int total = spec.getKeys().size();
        int available = 0;
        for (int i = 0; i < total; i++) {
            if (!leftOut.contains(i) && !drained(spec.getKeys().get(i))) {
                available++;
            }
        }
        var counts = new KeyCounts();
        counts.setTotal(total);
        counts.setAvailable(available);
        counts.setInvalid(leftOut.size());
        counts.setSummary(available + "/" + total);
        return counts;
    }

    private static boolean drained(PoolKey key) {
        return key != null && key.getWeight() != null && key.getWeight() == 0;
    }

    private static Set<Integer> leftOut(List<Diagnostic> findings) {
        var indexes = new TreeSet<Integer>();
        for (var finding : findings) {
            var matcher = KEY.matcher(finding.path());
            if (matcher.matches()
                    && (finding.severity() == Severity.ERROR || finding.reason() == Reason.DUPLICATE_KEY)) {
                indexes.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return indexes;
    }
}
