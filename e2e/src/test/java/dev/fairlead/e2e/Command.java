package dev.fairlead.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that people type: kubectl and helm. */
final class Command {
    private static final long LONGEST_SECONDS = 300;

    private Command() {}

    /** Runs it with this standard input; what it printed, or a failure that says what it said. */
    static String run(String input, List<String> words) {
        try {
            var complaints = Files.createTempFile("said", ".txt");
            try {
                var process = new ProcessBuilder(words)
                        .redirectError(complaints.toFile())
                        .start();
                try (var in = process.getOutputStream()) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                }
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new AssertionError(
                            String.join(" ", words) + " failed: " + said + Files.readString(complaints));
                }
                return said;
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot run " + words.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
