package dev.fairlead.sidecar.telemetry;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What an operator of any Java process wants to see, under the names that dashboards know. */
final class ProcessMetrics {
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_SECOND = 1_000_000_000;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long KIB = 1_024;

    /** Adds everything to the families of the page. */
    void read(Function<Metric, Family> families) {
        Map<String, MemoryUsage> areas = Map.of(
                "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage(),
                "nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
        areas.forEach((area, usage) -> {
            families.apply(Metric.JVM_MEMORY_USED).add(usage.getUsed(), List.of(area));
            if (usage.getMax() >= 0) {
                families.apply(Metric.JVM_MEMORY_MAX).add(usage.getMax(), List.of(area));
            }
        });
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            families.apply(Metric.JVM_BUFFER_POOL).add(pool.getMemoryUsed(), List.of(pool.getName()));
        }
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            families.apply(Metric.JVM_GC)
                    .addSummary(
                            gc.getCollectionCount(), gc.getCollectionTime() / MILLIS_PER_SECOND, List.of(gc.getName()));
        }
        families.apply(Metric.JVM_THREADS)
                .add(ManagementFactory.getThreadMXBean().getThreadCount(), List.of());
        families.apply(Metric.PROCESS_START)
                .add(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND, List.of());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            families.apply(Metric.PROCESS_CPU).add(system.getProcessCpuTime() / NANOS_PER_SECOND, List.of());
            families.apply(Metric.PROCESS_OPEN_FDS).add(system.getOpenFileDescriptorCount(), List.of());
            families.apply(Metric.PROCESS_MAX_FDS).add(system.getMaxFileDescriptorCount(), List.of());
        }
        long resident = residentBytes();
        if (resident > 0) {
            families.apply(Metric.PROCESS_RSS).add(resident, List.of());
        }
    }

    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.US_ASCII)) {
                if (line.startsWith(RESIDENT)) {
                    return KIB * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
