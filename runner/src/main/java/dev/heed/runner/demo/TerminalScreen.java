package dev.heed.runner.demo;

import dev.heed.out.Escalation;
import java.io.PrintWriter;
import java.util.Locale;

/** A demo on a terminal: the first escalations one by one, then a line that keeps changing. */
final class TerminalScreen implements DemoScreen {
    /** Escalations shown one by one. */
    private static final int SHOWN = 12;
    /** How often a line of progress is printed where lines cannot be changed. */
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final PrintWriter out;
    private final boolean changing;
    private int shown;
    private long printedNanos;
    private boolean open;

    /**
     * @param changing true where a line can be written over
     */
    TerminalScreen(PrintWriter out, boolean changing) {
        this.out = out;
        this.changing = changing;
    }

    @Override
    public synchronized void say(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    @Override
    public synchronized void escalation(Escalation escalation, long readAtMs) {
        if (shown < SHOWN) {
            say(String.format(
                    Locale.ROOT,
                    "  ESCALATION  %-12s %-10s risk %7.2f  %s  (%s)",
                    escalation.getLevel(),
                    escalation.getQuestionId(),
                    escalation.getRiskMicros() / 1e6,
                    escalation.getInteractionId(),
                    cause(escalation, readAtMs)));
        } else if (shown == SHOWN) {
            say("  (more escalations are only counted from here on)");
        }
        shown++;
    }

    /** What led to it: a signal, and then how long ago, or only what people said. */
    private static String cause(Escalation escalation, long readAtMs) {
        long noticedAtMs = escalation.getNoticedAtMs();
        return noticedAtMs > 0 ? "after " + Math.max(0, readAtMs - noticedAtMs) + " ms" : "by its labels";
    }

    @Override
    public synchronized void progress(String line) {
        if (changing) {
            out.print("\r\u001b[K" + line);
            open = true;
        } else if (System.nanoTime() - printedNanos > EVERY_NANOS) {
            printedNanos = System.nanoTime();
            out.println(line);
        }
        out.flush();
    }

    @Override
    public synchronized void end() {
        clear();
        out.flush();
    }

    private void clear() {
        if (open) {
            out.print("\r\u001b[K");
            open = false;
        }
    }
}
