package dev.fairlead.e2e.app;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.util.Arrays;

/** {@code once}: one call of each sort; {@code load MODEL PER_SECOND}: calls until it is ended; {@code end}: ends process 1. */
public final class App {
    private App() {}

    /** Runs one of the modes. */
    public static void main(String[] args) throws InterruptedException {
        switch (args.length == 0 ? "" : args[0]) {
            case "once" -> new EachSort(OpenAIOkHttpClient.fromEnv(), System.out).call();
            case "load" ->
                new Load(
                                OpenAIOkHttpClient.builder()
                                        .fromEnv()
                                        .maxRetries(0)
                                        .build(),
                                args[1],
                                Integer.parseInt(args[2]),
                                System.out)
                        .run();
            case "end" -> ProcessHandle.of(1).ifPresent(ProcessHandle::destroy);
            default ->
                throw new IllegalArgumentException("once | load MODEL PER_SECOND | end, not " + Arrays.toString(args));
        }
        System.exit(0);
    }
}
