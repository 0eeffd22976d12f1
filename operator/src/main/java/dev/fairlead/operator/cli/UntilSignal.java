package dev.fairlead.operator.cli;

import java.util.concurrent.CountDownLatch;

/** Until somebody ends the process: SIGTERM, SIGINT, or its terminal going away. */
final class UntilSignal implements Lifetime {
    @Override
    public void await(Runnable ending) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(ending, "ending"));
        new CountDownLatch(1).await();
    }
}
