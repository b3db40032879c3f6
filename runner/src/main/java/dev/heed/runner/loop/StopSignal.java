package dev.heed.runner.loop;

import java.util.concurrent.CountDownLatch;

/** Ctrl-C, or a polite kill: the process ends only when everything was closed. */
public final class StopSignal implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    /**
     * @param onStop what makes the command return; called in a thread of its own
     */
    StopSignal(Runnable onStop) {
        this.hook = new Thread(
                () -> {
                    onStop.run();
                    try {
                        closed.await();
                    } catch (InterruptedException hurried) {
                        Thread.currentThread().interrupt();
                    }
                },
                "heed-stop-signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** One that interrupts the thread that made it. */
    public static StopSignal interrupting() {
        return new StopSignal(Thread.currentThread()::interrupt);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The hook itself waits for this.
        }
    }
}
