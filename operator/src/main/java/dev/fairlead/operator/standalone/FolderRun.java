package dev.fairlead.operator.standalone;

import dev.fairlead.operator.manifest.Manifests;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a sidecar in step with manifests on disk until it is closed, looking at them from a thread of its own. In two steps:
 * {@link #open} reads for the first time, {@link #follow} goes on from there, and misses nothing that happened in between.
 */
public final class FolderRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderRun.class);
    private static final long ENDING_SECONDS = 5;

    private final FolderWatch watch;
    private final Supplier<Manifests> read;
    private final FolderCompiler compiler;
    private final FolderResult first;
    private final ScheduledExecutorService thread;

    private FolderRun(FolderWatch watch, Supplier<Manifests> read, FolderCompiler compiler) {
        this.watch = watch;
        this.read = read;
        this.compiler = compiler;
        var reading = read.get();
        this.first = compiler.compile(Admitted.first(reading), reading);
        this.thread = Executors.newSingleThreadScheduledExecutor(run -> {
            var made = new Thread(run, "manifests");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Reads and compiles what is there now.
     *
     * @param paths what to look at for changes
     * @param read reads what lies there
     */
    public static FolderRun open(List<Path> paths, Supplier<Manifests> read, FolderCompiler compiler) {
        return new FolderRun(new FolderWatch(() -> FolderSignature.of(paths)), read, compiler);
    }

    /** What was there when it was opened. */
    public FolderResult first() {
        return first;
    }

    /**
     * Brings every change from now on to the sidecar, which has {@link #first} already.
     *
     * @param everyMs milliseconds from look to look; a change is applied after two looks
     */
    public void follow(ConfigTarget target, long everyMs) {
        var reloader = new Reloader(read, compiler, target, first);
        var unused = thread.scheduleWithFixedDelay(() -> look(reloader), 0, everyMs, TimeUnit.MILLISECONDS);
    }

    private void look(Reloader reloader) {
        try {
            if (watch.changed()) {
                reloader.reload();
            }
        } catch (RuntimeException | StackOverflowError e) {
            // A thrown task would never run again, and nobody would know.
            LOG.atError().setCause(e).log("reload failed, the configuration before stays in force");
        }
    }

    /** Stops looking; what is in force stays in force. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
