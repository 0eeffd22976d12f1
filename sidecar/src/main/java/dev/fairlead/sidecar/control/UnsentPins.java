package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pins are told by the pools once; here they wait until a report with them was answered. On the loop. */
final class UnsentPins {
    private static final int MOST = 1_000;
    /** Should not all fit: what rests of itself is the least. */
    private static final Comparator<KeyReading> WHAT_LASTS_FIRST =
            Comparator.comparing(key -> key.state().equals("Parked"));

    private final Map<String, List<Pin>> waiting = new HashMap<>();

    void add(List<PoolReport> reports) {
        for (var report : reports) {
            if (!report.pins().isEmpty()) {
                var pins = waiting.computeIfAbsent(report.pool(), unseen -> new ArrayList<>());
                pins.addAll(report.pins());
                if (pins.size() > MOST) {
                    pins.subList(0, pins.size() - MOST).clear();
                }
            }
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The same reports as they are sent: with all pins that wait, without keys of which there is nothing to say. */
    List<PoolReport> into(List<PoolReport> reports) {
        return reports.stream()
                .map(report -> new PoolReport(
                        report.pool(),
                        report.meters(),
                        report.rests(),
                        waiting.getOrDefault(report.pool(), List.of()),
                        report.keys().stream()
                                .filter(UnsentPins::matters)
                                .sorted(WHAT_LASTS_FIRST)
                                .toList(),
                        report.calling(),
                        report.waiting(),
                        report.headroomPercent(),
                        report.exhaustsInMs(),
                        report.leftOff(),
                        report.redisUp(),
                        report.gone(),
                        report.taken(),
                        report.elsewhere()))
                .toList();
    }

    private static boolean matters(KeyReading key) {
        return !key.state().equals("Available");
    }

    /** Those reports were answered. */
    void answered(List<PoolReport> sent) {
        for (var report : sent) {
            var pins = waiting.get(report.pool());
            if (pins != null) {
                pins.removeAll(report.pins());
                if (pins.isEmpty()) {
                    waiting.remove(report.pool());
                }
            }
        }
    }
}
