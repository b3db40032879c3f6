package dev.heed.runner.demo;

import dev.heed.out.Escalation;

/** Where a demo shows itself while it runs. */
interface DemoScreen {
    /** A line about what is going on. */
    void say(String line);

    /**
     * An escalation was opened.
     *
     * @param readAtMs when it was read, milliseconds since the epoch
     */
    void escalation(Escalation escalation, long readAtMs);

    /** How far things are; shown in place of what was shown last. */
    void progress(String line);

    /** Nothing more is shown in place. */
    void end();

    /** Shows nothing. */
    static DemoScreen none() {
        return new DemoScreen() {
            @Override
            public void say(String line) {}

            @Override
            public void escalation(Escalation escalation, long readAtMs) {}

            @Override
            public void progress(String line) {}

            @Override
            public void end() {}
        };
    }
}
