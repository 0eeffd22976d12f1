package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.provider.LimitKind;
import dev.fairlead.operator.plan.provider.LimitUse;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as people read it. */
public final class PlanTable {
    /** Limits that are shown: beyond this nobody reads on. */
    private static final int SHOWN_LIMITS = 12;

    private static final String COLUMNS = "%-26s %8s %8s %9s %9s %9s %9s %8s%n";
    private static final String LIMITS = "%-52s %12s %12s %6s %12s %6s%n";

    private final StringBuilder out = new StringBuilder();

    private PlanTable() {}

    /** Lines of at most 120 characters, the last one ended. */
    public static String of(Plan plan) {
        var table = new PlanTable();
        table.write(plan);
        return table.out.toString().replaceAll(" +\n", "\n");
    }

    private void write(Plan plan) {
        var first = plan.variants().get(0).result();
        double perMinute = first.calls() * 60_000d / Math.max(1, plan.lengthMs());
        line(
                "%,d calls within %s: %,.1f a minute, at most %,d at once, through %,d sidecar%s.%n%n",
                first.calls(),
                time(plan.lengthMs()),
                perMinute,
                first.mostAtOnce(),
                plan.sidecars(),
                plan.sidecars() == 1 ? "" : "s");
        line(COLUMNS, "", "SERVED", "REFUSED", "WAITED", "WAIT P50", "P99", "MAX", "429S");
        for (var variant : plan.variants()) {
            var result = variant.result();
            line(
                    COLUMNS,
                    variant.name(),
                    share(result.served(), result.calls()),
                    share(result.calls() - result.served(), result.calls()),
                    share(result.waited(), result.calls()),
                    time(result.waits().p50Ms()),
                    time(result.waits().p99Ms()),
                    time(result.waits().maxMs()),
                    "%,d".formatted(rejections(result)));
        }
        line("%n%s%s%n%n", verdict(first), enough(plan.variants()));
        plan.whatIf().ifPresent(tried -> line("W%s: %s%n%n", tried.name().substring(1), verdict(tried.result())));
        limits(first);
        plan.notes().forEach(note -> line("Note: %s%n", note));
    }

    private static long rejections(PlanResult result) {
        return result.pools().stream()
                .mapToLong(PlanResult.Pool::refusedByProvider)
                .sum();
    }

    private static String verdict(PlanResult result) {
        var text = new StringBuilder();
        if (result.holds()) {
            text.append("It holds: every call is answered");
            text.append(result.waited() == 0 ? ", and none waits for a key." : ".");
        } else {
            text.append("It does not hold: ")
                    .append("%,d of %,d calls".formatted(result.calls() - result.served(), result.calls()))
                    .append(" are not answered (")
                    .append(result.notServed().entrySet().stream()
                            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                            .map(entry -> entry.getKey() + " %,d".formatted(entry.getValue()))
                            .collect(Collectors.joining(", ")))
                    .append(").");
            if (result.tooLarge() > 0) {
                text.append(
                        "\n%,d of them ask for more than any account allows at all: more accounts help none of them."
                                .formatted(result.tooLarge()));
            }
        }
        return text.append(binding(result)).toString();
    }

    private static String binding(PlanResult result) {
        var binds = result.binds();
        if (binds == null) {
            return fullest(result);
        }
        var when = " after " + time(binds.afterMs());
        if (binds.limit() == null) {
            return "\nThe first call waits or is refused" + when
                    + (binds.pool() == null ? "" : " in pool " + binds.pool())
                    + ", while no limit of an account is used up.";
        }
        var others = binds.others() == 0 ? "" : " and " + binds.others() + " more";
        return "\nWhat binds first: " + binds.limit().name() + others + ", in pool " + binds.pool() + when + ".";
    }

    private static String fullest(PlanResult result) {
        return uses(result).stream()
                .max(Comparator.comparingDouble(PlanTable::peakShare))
                .map(use -> "\nNothing binds: the fullest limit, " + use.name() + ", is used to "
                        + share(use.peak(), use.limit()) + ". More keys would change nothing.")
                .orElse("");
    }

    /** Which of the changes would be enough: nobody is refused, or where nobody is, nobody waits. */
    private static String enough(List<Plan.Variant> variants) {
        if (variants.size() < 2) {
            return "";
        }
        boolean holds = variants.get(0).result().holds();
        if (holds && variants.get(0).result().waited() == 0) {
            return "";
        }
        var enough = variants.stream()
                .skip(1)
                .filter(each ->
                        each.result().holds() && (!holds || each.result().waited() == 0))
                .map(each -> each.name().replaceFirst("^with ", ""))
                .toList();
        var what = holds ? "No call waits" : "It holds";
        return "\n"
                + (enough.isEmpty()
                        ? what + " with none of these changes."
                        : what + " with " + String.join(", or with ", enough) + ".");
    }

    private static List<LimitUse> uses(PlanResult result) {
        return result.pools().stream().flatMap(pool -> pool.limits().stream()).toList();
    }

    private void limits(PlanResult result) {
        List<LimitUse> uses = uses(result).stream()
                .sorted(Comparator.comparingDouble(PlanTable::peakShare).reversed())
                .toList();
        if (uses.isEmpty()) {
            return;
        }
        line(LIMITS, "LIMIT", "ALLOWED", "PEAK", "", "MEAN", "");
        for (var use : uses.subList(0, Math.min(SHOWN_LIMITS, uses.size()))) {
            boolean calls = use.kind() == LimitKind.CONCURRENCY;
            line(
                    LIMITS,
                    use.name(),
                    "%,d".formatted(use.limit()),
                    "%,d".formatted(use.peak()),
                    share(use.peak(), use.limit()),
                    calls ? "" : "%,.1f".formatted(use.mean()),
                    calls ? "" : share(use.mean(), use.limit()));
        }
        if (uses.size() > SHOWN_LIMITS) {
            line("and %,d limits that are used less%n", uses.size() - SHOWN_LIMITS);
        }
        line("%n");
    }

    private static double peakShare(LimitUse use) {
        return (double) use.peak() / use.limit();
    }

    private static String share(double part, double whole) {
        double percent = whole == 0 ? 0 : part * 100 / whole;
        // What is not quite all must not look like all, nor what is not quite nothing like nothing.
        boolean close = (percent > 99.95 && percent < 100) || (percent > 0 && percent < 0.05);
        return String.format(Locale.ROOT, close ? "%.3f%%" : "%.1f%%", percent);
    }

    /** {@code 340ms}, {@code 9.8s}, {@code 12m30s}, {@code 24h0m}. */
    static String time(long ms) {
        if (ms < 1_000) {
            return ms + "ms";
        }
        if (ms < 60_000) {
            return String.format(Locale.ROOT, "%.1fs", ms / 1e3);
        }
        long seconds = (ms + 500) / 1_000;
        return seconds < 3_600
                ? seconds / 60 + "m" + seconds % 60 + "s"
                : seconds / 3_600 + "h" + seconds % 3_600 / 60 + "m";
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
