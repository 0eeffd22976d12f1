package dev.fairlead.e2e.app;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls at an even pace, without a second try, and says once a second how they went: {@code answered=N failed=N
 * firstFailureAt=EPOCH_MS lastAnsweredSentAt=EPOCH_MS lastFailure=...}. An answered call counts from when it was sent: how long
 * its answer takes on a busy machine says nothing of when calls were let in.
 */
final class Load {
    private static final int CALLERS = 16;

    private final OpenAIClient client;
    private final ChatCompletionCreateParams call;
    private final int perSecond;
    private final PrintStream out;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong firstFailureAt = new AtomicLong();
    private final AtomicLong lastAnsweredSentAt = new AtomicLong();
    private volatile String lastFailure = "";

    Load(OpenAIClient client, String model, int perSecond, PrintStream out) {
        this.client = client;
        this.call = ChatCompletionCreateParams.builder()
                .model(model)
                .maxCompletionTokens(12)
                .addUserMessage("Say hello")
                .build();
        this.perSecond = perSecond;
        this.out = out;
    }

    void run() throws InterruptedException {
        var callers = Executors.newScheduledThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            long everyMs = CALLERS * 1_000L / perSecond;
            var unused = callers.scheduleAtFixedRate(this::one, i * everyMs / CALLERS, everyMs, TimeUnit.MILLISECONDS);
        }
        var reporter = Executors.newSingleThreadScheduledExecutor();
        var unused = reporter.scheduleAtFixedRate(this::report, 1, 1, TimeUnit.SECONDS);
        reporter.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS);
    }

    private void one() {
        long sentAt = System.currentTimeMillis();
        try {
            client.chat().completions().create(call);
            lastAnsweredSentAt.accumulateAndGet(sentAt, Math::max);
            answered.incrementAndGet();
        } catch (RuntimeException e) {
            firstFailureAt.compareAndSet(0, System.currentTimeMillis());
            lastFailure = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            failed.incrementAndGet();
        }
    }

    private void report() {
        out.println("answered=" + answered + " failed=" + failed + " firstFailureAt=" + firstFailureAt
                + " lastAnsweredSentAt=" + lastAnsweredSentAt + " lastFailure=" + lastFailure);
    }
}
