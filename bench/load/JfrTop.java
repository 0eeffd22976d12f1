import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * {@code JfrTop FILE REQUESTS}: what a flight recording says about CPU and allocation: hottest frames, hottest own frames
 * ({@code dev.fairlead}) with everything below them, allocated classes, own allocation sites, CPU by thread.
 */
final class JfrTop {
    private static final String OWN = "dev.fairlead.";
    private static final int ROWS = 25;

    private final Map<String, Long> self = new HashMap<>();
    private final Map<String, Long> inclusive = new HashMap<>();
    private final Map<String, Long> threads = new HashMap<>();
    private final Map<String, Long> classes = new HashMap<>();
    private final Map<String, Long> sites = new HashMap<>();
    private final Map<String, Long> collections = new HashMap<>();
    private long samples;
    private long allocated;

    public static void main(String[] args) throws Exception {
        var top = new JfrTop();
        try (var file = new RecordingFile(Path.of(args[0]))) {
            while (file.hasMoreEvents()) {
                top.take(file.readEvent());
            }
        }
        top.print(Long.parseLong(args[1]));
    }

    private void take(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample", "jdk.NativeMethodSample" -> sample(event);
            case "jdk.ObjectAllocationSample" -> allocation(event);
            case "jdk.GarbageCollection" -> collections.merge(
                    event.getString("name"), event.getDuration().toNanos() / 1000, Long::sum);
            default -> {}
        }
    }

    private void sample(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        var frames = event.getStackTrace().getFrames();
        String first = name(frames.get(0));
        // A thread that waits for the network is sampled as running in its native call.
        if (first.contains("epollWait") || first.contains("EPoll.wait") || first.contains(".park")
                || first.contains("Native.epoll")) {
            return;
        }
        samples++;
        self.merge(first, 1L, Long::sum);
        var thread = event.getThread("sampledThread");
        threads.merge(thread == null ? "?" : String.valueOf(thread.getJavaName()), 1L, Long::sum);
        Set<String> seen = new TreeSet<>();
        for (RecordedFrame frame : frames) {
            if (name(frame).startsWith(OWN)) {
                seen.add(name(frame));
            }
        }
        seen.forEach(frame -> inclusive.merge(frame, 1L, Long::sum));
    }

    private void allocation(RecordedEvent event) {
        long weight = event.getLong("weight");
        allocated += weight;
        String type = event.getClass("objectClass").getName();
        classes.merge(type, weight, Long::sum);
        String site = "(not below dev.fairlead)";
        if (event.getStackTrace() != null && !event.getStackTrace().getFrames().isEmpty()) {
            site = "(not below dev.fairlead) " + name(event.getStackTrace().getFrames().get(0));
            for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                if (name(frame).startsWith(OWN)) {
                    site = name(frame) + ":" + frame.getLineNumber();
                    break;
                }
            }
        }
        sites.merge(site + " -> " + type, weight, Long::sum);
    }

    private static String name(RecordedFrame frame) {
        var method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    private void print(long requests) {
        table("CPU samples by thread", threads, samples, "", 1);
        table("hottest frames", self, samples, "", 1);
        table("own frames with what they call", inclusive, samples, "", 1);
        System.out.printf("%n%,d bytes allocated a request by samples%n", allocated / Math.max(1, requests));
        table("allocated classes, bytes a request", classes, allocated, " B", requests);
        table("allocation sites (innermost own frame), bytes a request", sites, allocated, " B", requests);
        table("time in collections, us in all", collections, 0, "", 1);
    }

    private static void table(String title, Map<String, Long> counts, long total, String unit, long per) {
        System.out.printf("%n%s%n", title);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(ROWS)
                .forEach(row -> System.out.printf(
                        "%6.1f %%  %,10d%s  %s%n",
                        total == 0 ? 0.0 : 100.0 * row.getValue() / total, row.getValue() / Math.max(1, per), unit, row.getKey()));
    }
}
