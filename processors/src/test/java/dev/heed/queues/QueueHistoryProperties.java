package dev.heed.queues;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Keys;
import dev.heed.event.Lane;
import dev.heed.event.RaterProfile;
import dev.heed.event.RaterStatus;
import dev.heed.event.RequestTasks;
import dev.heed.fact.EventRefused;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskWanted;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.state.QueueBucket;
import dev.heed.state.QueueEndedLease;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Any history of wants, cancels, requests, answers, releases, refusals, ticks with gaps, profiles, policies and crashes. */
class QueueHistoryProperties {
    private static final List<String> RATERS = List.of("ann", "bob", "cem", "dan");
    private static final List<String> SENIORS = List.of("ann", "bob");
    private static final String SENIOR = "senior";
    private static final List<String> LANGUAGES = List.of("", "de", "en");

    /** One event of a history, in terms of the moment it comes at. */
    record Event(String what, Consumer<History> happen) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** A history as it unfolds. */
    static final class History {
        private final QueueStory story = QueueStory.under(policy(1, terms(0)));
        private final QueueOracle oracle = new QueueOracle();
        private int policies = 1;
        private int profiles;
        private int standings;
        private ActionAccepted.@Nullable Builder lastRequest;

        History() {
            RATERS.forEach(rater -> story.rater(profileOf(rater)));
        }

        void note(List<SpecificRecord> facts) {
            oracle.note(story, facts);
        }
    }

    @Property(tries = 300)
    void everyLawHoldsAfterEveryEvent(@ForAll("histories") List<Event> events) {
        History history = new History();
        for (Event event : events) {
            event.happen().accept(history);
        }
        history.story.check();
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        Arbitrary<Event> event = Arbitraries.frequencyOf(
                Tuple.of(10, wants()),
                Tuple.of(8, requests()),
                Tuple.of(7, passes()),
                Tuple.of(6, answers()),
                Tuple.of(2, cancels()),
                Tuple.of(2, releases()),
                Tuple.of(1, refusals()),
                Tuple.of(2, golds()),
                Tuple.of(2, goldAnswers()),
                Tuple.of(1, standings()),
                Tuple.of(1, profiles()),
                Tuple.of(1, policies()),
                Tuple.of(1, Arbitraries.of(new Event("crash", history -> history.story.crash()))));
        return event.list().ofMinSize(10).ofMaxSize(150);
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers().between(0, most);
    }

    private static RaterProfile.Builder profileOf(String rater) {
        return QueueStory.profile(rater).setSkills(SENIORS.contains(rater) ? List.of(SENIOR) : List.of());
    }

    private static Arbitrary<Event> wants() {
        return Combinators.combine(
                        upTo(9),
                        Arbitraries.of(Lane.VALUE, Lane.VALUE, Lane.VALUE, Lane.EXPLORATION, Lane.CRITICAL),
                        Arbitraries.longs().between(0, 60_000),
                        upTo(3),
                        Arbitraries.of(true, true, false),
                        Arbitraries.of(LANGUAGES),
                        Arbitraries.of(1, 1, 1, 0))
                .as((item, lane, value, labels, knows, language, step) -> new Event(
                        "want i" + item + " " + lane + " " + value + " x" + labels + " knows " + knows + " " + language
                                + " +" + step,
                        history -> want(history, "i" + item, lane, value, labels, knows, language, step)));
    }

    private static void want(
            History history, String id, Lane lane, long value, int labels, boolean knows, String language, int step) {
        if (!history.story.knows(id)) {
            // Forgotten, after an hour in which nothing happened to it.
            history.oracle.forget(id);
        }
        QueueOracle.Item item = history.oracle.item(id);
        TaskWanted.Builder wanted = QueueStory.task(id, value)
                .setLane(lane)
                .setLabelsWanted(labels)
                .setLanguage(language)
                .setSenior(value % 5 == 0)
                .setSkill(value % 5 == 0 ? SENIOR : "")
                .setRequest(Math.max(1, item.request() + step));
        if (knows) {
            wanted.setExcludedRaters(new ArrayList<>(new TreeSet<>(item.holders())));
            wanted.setLeasedTasks(item.tasks());
        }
        List<SpecificRecord> facts = history.story.want(wanted);
        if (QueueStory.of(EventRefused.class, facts).isEmpty()) {
            history.oracle.wanted(wanted.build());
        }
        history.note(facts);
    }

    private static Arbitrary<Event> cancels() {
        return Combinators.combine(upTo(9), upTo(1))
                .as((item, stale) -> new Event("cancel i" + item + " -" + stale, history -> {
                    String id = "i" + item;
                    int request = history.oracle.item(id).request() - stale;
                    if (request > 0) {
                        history.oracle.cancelled(id, request);
                        history.note(history.story.cancel(id, request));
                    }
                }));
    }

    private static Arbitrary<Event> answers() {
        return Combinators.combine(upTo(9), upTo(3), upTo(5), upTo(99))
                .as((item, rater, byChance, nth) ->
                        new Event("answer i" + item + " " + rater + " or lease " + nth + " if " + byChance, history -> {
                            List<String> tasks =
                                    List.copyOf(history.oracle.leases().keySet());
                            String id = "i" + item;
                            String raterId = RATERS.get(rater);
                            if (byChance > 0 && !tasks.isEmpty()) {
                                String task = tasks.get(nth % tasks.size());
                                id = Objects.requireNonNull(
                                        history.oracle.leases().get(task));
                                raterId = history.oracle.holder(id, task);
                            }
                            history.oracle.answered(id, raterId);
                            history.note(history.story.answer(id, raterId));
                        }));
    }

    private static Arbitrary<Event> standings() {
        return Combinators.combine(
                        upTo(3),
                        Arbitraries.of(
                                RaterStatus.ONBOARDING,
                                RaterStatus.ACTIVE,
                                RaterStatus.ACTIVE,
                                RaterStatus.PROBATION,
                                RaterStatus.SUSPENDED),
                        upTo(1))
                .as((rater, status, stale) -> new Event("standing " + rater + " " + status + " -" + stale, history -> {
                    String raterId = RATERS.get(rater);
                    int version = Math.max(0, ++history.standings - 2 * stale);
                    history.note(history.story.standing(raterId, status, version));
                    if (stale == 0 && status == RaterStatus.SUSPENDED) {
                        assertThat(history.story.held(raterId)).isEmpty();
                    }
                }));
    }

    private static Arbitrary<Event> golds() {
        return Combinators.combine(upTo(7), Arbitraries.of("no", "yes"), Arbitraries.of(LANGUAGES), upTo(2), upTo(5))
                .as((item, className, language, version, rubric) -> new Event(
                        "gold g" + item + " " + className + " " + language + " v" + version + " " + rubric, history -> {
                            history.note(history.story.offerGold(QueueStory.gold("g" + item, className)
                                    .setLanguage(language)
                                    .setVersion(version + 1)
                                    .setCorrection(version > 0)
                                    .setRubricVersion("rubric-" + (1 + rubric % 2))
                                    .setSetAside(rubric > 3)
                                    .setExcludedRaters(item == 0 ? List.of("ann") : List.of())));
                        }));
    }

    private static Arbitrary<Event> goldAnswers() {
        return Combinators.combine(upTo(99), upTo(3))
                .as((nth, way) -> new Event("end gold " + nth + " " + way, history -> {
                    List<LeaseGranted> held = List.copyOf(history.oracle.gold().values());
                    if (!held.isEmpty()) {
                        LeaseGranted lease = held.get(nth % held.size());
                        history.note(
                                switch (way) {
                                    case 0 -> history.story.release(lease.getRaterId(), lease.getTaskId());
                                    case 1 ->
                                        history.story.refuse(
                                                lease.getInteractionId(),
                                                lease.getRaterId(),
                                                lease.getTaskId(),
                                                "answered");
                                    default -> history.story.answer(lease.getInteractionId(), lease.getRaterId());
                                });
                    }
                }));
    }

    private static Arbitrary<Event> requests() {
        return Combinators.combine(upTo(3), upTo(4), upTo(4))
                .as((rater, count, repeat) ->
                        new Event("request " + count + " by " + rater + " again " + repeat, history -> {
                            if (repeat == 0 && history.lastRequest != null) {
                                history.note(history.story.act(history.lastRequest));
                                return;
                            }
                            String raterId = RATERS.get(rater);
                            history.lastRequest = history.story
                                    .nextAction(raterId)
                                    .setRequestTasks(new RequestTasks(POOL, raterId, count));
                            history.note(history.story.act(history.lastRequest));
                        }));
    }

    private static Arbitrary<Event> releases() {
        return upTo(99).map(nth -> new Event("release " + nth, history -> {
            List<String> tasks = List.copyOf(history.oracle.leases().keySet());
            if (!tasks.isEmpty()) {
                String task = tasks.get(nth % tasks.size());
                String id = Objects.requireNonNull(history.oracle.leases().get(task));
                history.note(history.story.release(history.oracle.holder(id, task), task));
            }
        }));
    }

    private static Arbitrary<Event> refusals() {
        Arbitrary<String> reasons = Arbitraries.of("no_slot", "answered", "leased", "senior_only");
        return Combinators.combine(upTo(99), reasons)
                .as((nth, reason) -> new Event("refuse " + nth + reason, history -> {
                    List<String> tasks = List.copyOf(history.oracle.leases().keySet());
                    if (!tasks.isEmpty()) {
                        String task = tasks.get(nth % tasks.size());
                        String id =
                                Objects.requireNonNull(history.oracle.leases().get(task));
                        history.note(history.story.refuse(id, history.oracle.holder(id, task), task, reason));
                    }
                }));
    }

    private static Arbitrary<Event> passes() {
        return Arbitraries.of(0L, 250L, 1_000L, 1_000L, 5_000L, 30_000L, 60_000L, 130_000L, 3_600_000L)
                .map(ms -> new Event("pass " + ms, history -> {
                    history.note(history.story.pass(ms));
                    nobodyWaitsForWhatCouldBeHandedOut(history.story);
                }));
    }

    private static Arbitrary<Event> profiles() {
        return Combinators.combine(upTo(3), Arbitraries.of(LANGUAGES), Arbitraries.of(1, 3, 5), upTo(4))
                .as((rater, language, capacity, active) ->
                        new Event("profile " + rater + " " + language + " " + capacity + " " + active, history -> {
                            RaterProfile.Builder profile = profileOf(RATERS.get(rater))
                                    .setEventId("profile " + ++history.profiles)
                                    .setOccurredAtMs(history.profiles)
                                    .setLanguages(language.isEmpty() ? List.of() : List.of(language))
                                    .setCapacity(capacity)
                                    .setActive(active > 0);
                            history.note(history.story.rater(profile));
                        }));
    }

    private static Arbitrary<Event> policies() {
        return upTo(3).map(variant -> new Event("policy " + variant, history -> {
            int version = ++history.policies;
            Policy next = variant == 3 ? policy(version, pool("other").build()) : policy(version, terms(variant));
            next.getQuestions().forEach(question -> question.setRubricVersion("rubric-" + (1 + variant % 2)));
            history.note(history.story.follow(next));
        }));
    }

    private static Pool terms(int variant) {
        return pool(POOL)
                .setBucketCapacity(List.of(5, 2, 8).get(variant))
                .setQueueCapacity(List.of(6, 3, 9).get(variant))
                .setBudgetPerHour(List.of(1_800, 3_600, 60).get(variant))
                .setExplorationShareMicros(List.of(400_000L, 0L, 250_000L).get(variant))
                .setMinPriceMicros(List.of(1_000L, 5_000L, 0L).get(variant))
                .setGoldShareMicros(List.of(400_000L, 0L, 900_000L).get(variant))
                .setGoldShelf(List.of(4, 2, 100).get(variant))
                .setGoldMaxExposures(List.of(2, 3, 40).get(variant))
                .build();
    }

    /** After a tick, nothing is left that a bucket could pay, a waiting rater could take, and the price allows. */
    private static void nobodyWaitsForWhatCouldBeHandedOut(QueueStory story) {
        Policy policy = Objects.requireNonNull(story.state().get("policy", Policy.class));
        Pool terms = InPolicy.pool(policy, POOL);
        if (terms == null || !story.queue().exists()) {
            return;
        }
        QueueBucket bucket = story.queue().bucket();
        for (QueueTask task : QueueLaws.inPool(story.state(), "task", POOL, QueueTask.class)) {
            Lane lane = task.getWanted().getLane();
            long tokens = lane == Lane.EXPLORATION ? bucket.getExplorationTokensMicros() : bucket.getTokensMicros();
            boolean paid = lane == Lane.CRITICAL || tokens >= Micros.ONE;
            // The price may have fallen after the hand-outs of this tick; then the next one serves.
            boolean worth = lane != Lane.VALUE;
            if (task.getOpenSlots() > 0 && paid && worth) {
                RATERS.forEach(rater -> assertThat(couldTake(story, terms, rater, task))
                        .as("%s could take %s", rater, task)
                        .isFalse());
            }
        }
    }

    private static boolean couldTake(QueueStory story, Pool terms, String raterId, QueueTask task) {
        RaterProfile profile =
                Objects.requireNonNull(story.state().get(Keys.of("profile", raterId), RaterProfile.class));
        QueueRater rater = story.queue().rater(raterId);
        String interaction = task.getWanted().getInteractionId();
        String language = task.getWanted().getLanguage();
        boolean reads = language.isEmpty()
                || profile.getLanguages().isEmpty()
                || profile.getLanguages().contains(language);
        boolean able = task.getWanted().getSkill().isEmpty() || SENIORS.contains(raterId);
        boolean barred = task.getAnswered().contains(raterId)
                || task.getWanted().getExcludedRaters().contains(raterId)
                || story.held(raterId).contains(interaction);
        for (QueueEndedLease ended : task.getEnded()) {
            barred |= ended.getRaterId().equals(raterId)
                    && story.nowMs() < ended.getEndedAtMs() + terms.getRetryAfterMs();
        }
        RaterStatus status = story.queue().status(raterId, QueuePolicies.QUESTION);
        // Who is new may have to wait for gold.
        return profile.getActive()
                && status != RaterStatus.SUSPENDED
                && status != RaterStatus.ONBOARDING
                && reads
                && able
                && !barred
                && rater.getWantedTasks() > 0
                && rater.getLeases().size() < profile.getCapacity();
    }
}
