package dev.heed.runner.demo;

import dev.heed.console.StatusBoard;
import dev.heed.console.StatusServer;
import dev.heed.core.Channel;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.event.Consent;
import dev.heed.event.RaterProfile;
import dev.heed.out.Escalation;
import dev.heed.policy.Policy;
import dev.heed.runner.Logs;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.loop.EmbeddedLoop;
import dev.heed.runner.loop.Secret;
import dev.heed.simulator.Pace;
import dev.heed.simulator.People;
import dev.heed.simulator.Publication;
import dev.heed.simulator.Script;
import dev.heed.simulator.StudyBuddy;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** StudyBuddy's world against a real loop. */
final class Demo {
    private static final Duration UNTIL_IN_FORCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);
    /** How long the loop may take to work off what came last. */
    private static final Duration UNTIL_DONE = Duration.ofSeconds(45);

    /** Share of the interactions that a loop which keeps up has taken up at any time. */
    private static final double TAKEN_UP = .95;

    private static final long ABOUT_TO_STOP_MS = 200;

    private static final Duration QUIET = Duration.ofMillis(1_500);

    private final DemoSettings settings;
    private final DemoScreen screen;
    private final StudyBuddy world;
    private final Scorecard scorecard;
    private final StatusBoard board = new StatusBoard("Heed demo: StudyBuddy");
    private final AtomicLong firstEscalationMs = new AtomicLong(-1);

    Demo(DemoSettings settings, DemoScreen screen) {
        this.settings = settings;
        this.screen = screen;
        this.world = new StudyBuddy(settings.seed(), Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
        this.scorecard = new Scorecard(world);
    }

    DemoSummary run() throws InterruptedException {
        Path given = settings.data();
        if (given != null) {
            return runIn(given);
        }
        try (TemporaryDirectory data = TemporaryDirectory.create()) {
            return runIn(data.path().resolve("data"));
        }
    }

    private DemoSummary runIn(Path data) throws InterruptedException {
        screen.say("starting a Kafka broker, a schema registry and the loop in this process ...");
        EmbeddedPlatform platform = EmbeddedPlatform.start(data, 0, 0);
        Logs.keepIn(data.resolve("heed.log"));
        try (EmbeddedLoop loop =
                        EmbeddedLoop.start(platform, data.resolve("streams"), Secret.in(data), KeyFile.in(data));
                Watcher watcher = new Watcher(loop.cluster(), scorecard, board, this::opened);
                Publisher publisher = new Publisher(loop.cluster())) {
            Integer port = settings.port();
            try (StatusServer page = port == null ? null : StatusServer.start(board, port)) {
                screen.say("running after " + sinceStartMs() / 1000 + " s; "
                        + (page == null ? "no status page" : "status page: " + page.url()));
                return play(loop, watcher, publisher);
            }
        }
    }

    private DemoSummary play(EmbeddedLoop loop, Watcher watcher, Publisher publisher) throws InterruptedException {
        Policy policy = DemoPolicy.read(settings.data() != null, world);
        PolicyInForce.publish(loop.cluster(), policy, UNTIL_IN_FORCE);
        for (RaterProfile rater : world.raters()) {
            publisher.publish(Publication.event(Channel.RATERS, rater.getRaterId(), rater));
        }
        for (Consent consent : world.consents()) {
            publisher.publish(Publication.event(Channel.CONSENTS, consent.getSubjectId(), consent));
        }
        publisher.flush();
        screen.say("policy " + policy.getName() + " is in force; children ask, detectors look, reviewers work");
        Pace pace = Pace.demo(settings.duration().toMillis());
        long startMs = System.currentTimeMillis();
        Script script = new Script(world, pace, startMs);
        live(loop, watcher, publisher, script, pace, startMs);
        screen.say("the world stops; the loop works off what is left ...");
        finish(loop, watcher);
        screen.end();
        return DemoSummary.of(
                settings, script, scorecard, watcher, publisher, firstEscalationMs.get(), Math.max(0, sinceStartMs()));
    }

    private void live(EmbeddedLoop loop, Watcher watcher, Publisher publisher, Script script, Pace pace, long startMs)
            throws InterruptedException {
        People people = new People(world, pace, startMs, true);
        try (CommittedReader ears = new CommittedReader(
                loop.cluster(),
                "heed-people",
                People.READ,
                List.of(),
                (channel, record, value) -> people.receive(value, System.currentTimeMillis()))) {
            long endMs = startMs + pace.durationMs();
            long stopMs = endMs;
            for (long nowMs = startMs; nowMs < stopMs; nowMs = System.currentTimeMillis()) {
                publishAll(publisher, script.until(Math.min(nowMs, endMs)));
                publishAll(publisher, people.until(nowMs));
                ears.poll(POLL);
                loop.check();
                watcher.check();
                screen.progress(progress(nowMs - startMs, pace));
                // Where the loop cannot keep up, people have had little to answer when the world stops: they go on for
                // as long as it takes the loop to catch up, and as long again.
                if (nowMs + ABOUT_TO_STOP_MS >= stopMs && people.takenUp() < TAKEN_UP * script.encounters()) {
                    stopMs = Math.min(2 * nowMs - endMs + 2 * ABOUT_TO_STOP_MS, endMs + pace.durationMs());
                }
            }
        }
        publisher.flush();
    }

    private static void publishAll(Publisher publisher, List<Publication> publications) {
        publications.forEach(publisher::publish);
    }

    /** Waits until every input is read and has come to an end, and nothing moves any more. */
    private static void finish(EmbeddedLoop loop, Watcher watcher) throws InterruptedException {
        long deadline = System.nanoTime() + UNTIL_DONE.toNanos();
        if (!watcher.readAll(UNTIL_DONE)) {
            watcher.check();
            throw new IllegalStateException(
                    "what was published cannot be read within " + UNTIL_DONE.toSeconds() + " s");
        }
        while (System.nanoTime() < deadline) {
            loop.check();
            watcher.check();
            // Time goes on in the journals whatever happens, so quiet means that no outcome is missing.
            if (watcher.quietFor().compareTo(QUIET) > 0 || watcher.books().lost() == 0) {
                Thread.sleep(QUIET.toMillis());
                return;
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private void opened(Escalation escalation, long readAtMs) {
        firstEscalationMs.compareAndSet(-1, sinceStartMs());
        screen.escalation(escalation, readAtMs);
    }

    private String progress(long elapsedMs, Pace pace) {
        return String.format(
                "%3d of %d s   escalations %d   tasks %d   feedback %d   judgments %d   rows %d   gate %s",
                elapsedMs / 1000,
                pace.durationMs() / 1000,
                scorecard.escalations(),
                scorecard.tasks(),
                scorecard.feedback(),
                scorecard.judgments(),
                scorecard.rows().values().stream().mapToInt(Integer::intValue).sum(),
                scorecard.gateWord());
    }

    /** Since the process began, so that what the launcher and the JVM take counts too. */
    private static long sinceStartMs() {
        return System.currentTimeMillis()
                - Objects.requireNonNull(ManagementFactory.getRuntimeMXBean()).getStartTime();
    }
}
