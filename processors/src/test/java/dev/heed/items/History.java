package dev.heed.items;

import static dev.heed.items.ItemsPolicies.PREFERENCE;
import static dev.heed.items.ItemsPolicies.RANKING;
import static dev.heed.items.ItemsPolicies.RATING;
import static dev.heed.items.ItemsPolicies.VIOLATION;

import dev.heed.event.Acknowledge;
import dev.heed.event.Appeal;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Gold;
import dev.heed.event.Lane;
import dev.heed.event.RaterKind;
import dev.heed.event.Resolve;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.ConsentDecided;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.Price;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.apache.avro.specific.SpecificRecord;

/** Anything that may happen to a handful of items, in any order: early, late, repeated, contradictory. */
record History(List<Act> acts) {
    private static final int ITEMS = 2;
    private static final int RATERS = 6;
    private static final List<Long> BELIEFS =
            List.of(2_000L, 20_000L, 300_000L, 600_000L, 960_000L, 985_000L, 999_000L);
    private static final List<List<String>> ORDERS = List.of(
            List.of("c0", "c1", "c2"),
            List.of("c2", "c0", "c1"),
            List.of("c1", "c2"),
            List.of("c2"),
            List.of("c1", "c9"),
            List.of());
    private static final int NONSENSE = 50;
    private static final int MIN_ACTS = 20;
    private static final int MAX_ACTS = 90;

    enum Kind {
        INTERACTION,
        SIGNAL,
        LABEL,
        REVISION,
        RANKING,
        RATING,
        EDIT,
        REVIEW,
        APPEAL,
        WITHDRAWAL,
        JUDGE,
        LEASE,
        LEASE_END,
        BELIEF,
        CONSENT,
        GOLD,
        ACKNOWLEDGE,
        RESOLVE,
        PRICE,
        TICK,
        REPEAT
    }

    /** One thing that happens. What {@code a} and {@code b} choose depends on the kind. */
    record Act(Kind kind, int item, int who, int a, int b) {
        String id() {
            return "i" + item;
        }
    }

    static Arbitrary<History> any() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Kind.INTERACTION),
                Tuple.of(8, Kind.SIGNAL),
                Tuple.of(20, Kind.LABEL),
                Tuple.of(4, Kind.REVISION),
                Tuple.of(6, Kind.RANKING),
                Tuple.of(6, Kind.RATING),
                Tuple.of(4, Kind.EDIT),
                Tuple.of(6, Kind.REVIEW),
                Tuple.of(4, Kind.APPEAL),
                Tuple.of(2, Kind.WITHDRAWAL),
                Tuple.of(3, Kind.JUDGE),
                Tuple.of(10, Kind.LEASE),
                Tuple.of(8, Kind.LEASE_END),
                Tuple.of(20, Kind.BELIEF),
                Tuple.of(10, Kind.CONSENT),
                Tuple.of(1, Kind.GOLD),
                Tuple.of(1, Kind.ACKNOWLEDGE),
                Tuple.of(1, Kind.RESOLVE),
                Tuple.of(1, Kind.PRICE),
                Tuple.of(3, Kind.TICK),
                Tuple.of(6, Kind.REPEAT));
        Arbitrary<Act> acts = Combinators.combine(kinds, below(ITEMS), below(RATERS), below(1000), below(1000))
                .as(Act::new);
        return acts.list().ofMinSize(MIN_ACTS).ofMaxSize(MAX_ACTS).map(History::new);
    }

    private static Arbitrary<Integer> below(int limit) {
        return Arbitraries.integers().between(0, limit - 1).withDistribution(RandomDistribution.uniform());
    }

    /** Sends what an act says; the same act at the same place is the same event. */
    void play(ItemsTrial items, int at) {
        Act act = acts.get(at);
        if (act.kind() == Kind.TICK) {
            items.tickAfter(act.a() * 200L);
            return;
        }
        if (act.kind() == Kind.REPEAT) {
            int earlier = act.a() % (at + 1);
            if (acts.get(earlier).kind() != Kind.TICK && acts.get(earlier).kind() != Kind.REPEAT) {
                play(items, earlier);
            }
            return;
        }
        SpecificRecord event = event(items, act, at);
        if (isPublic(act.kind())) {
            items.sendPublic(act.id(), event);
        } else {
            items.send(act.id(), event);
        }
    }

    static boolean isPublic(Kind kind) {
        return switch (kind) {
            case LEASE, LEASE_END, BELIEF, CONSENT, PRICE, TICK, REPEAT -> false;
            default -> true;
        };
    }

    private SpecificRecord event(ItemsTrial items, Act act, int at) {
        String id = act.id();
        String eventId = "event-" + at;
        return switch (act.kind()) {
            case INTERACTION ->
                ItemsTrial.interaction("of-" + id + (act.a() < NONSENSE ? "-other" : ""), id, 3)
                        .setSimhash(1 + act.b() % 3)
                        .setPromptCluster("cluster-" + act.item())
                        .setUsersAffected(1 + act.item())
                        .build();
            case SIGNAL ->
                ItemsTrial.signal(eventId, id, "detector-" + act.who())
                        .setQuestionId(question(act))
                        .setClassName(said(act))
                        .build();
            case JUDGE ->
                ItemsTrial.feedback(eventId, id, "judge-" + act.who() % 2)
                        .setRaterKind(RaterKind.AI_JUDGE)
                        .setQuestionId(question(act))
                        .setClassName(said(act))
                        .setWithdrawn(act.b() < 200)
                        .build();
            case LABEL, REVISION, WITHDRAWAL ->
                ItemsTrial.feedback(eventId, id, "rater-" + act.who())
                        .setQuestionId(question(act))
                        .setClassName(said(act))
                        .setRevises(act.kind() == Kind.REVISION ? "event-" + act.a() % acts.size() : null)
                        .setWithdrawn(act.kind() == Kind.WITHDRAWAL)
                        .build();
            case RANKING ->
                ItemsTrial.feedback(eventId, id, "rater-" + act.who())
                        .setQuestionId(RANKING)
                        .setKind(FeedbackKind.RANKING)
                        .setRanking(ORDERS.get(act.a() % ORDERS.size()))
                        .setRaterKind(act.b() < 100 ? RaterKind.AI_JUDGE : RaterKind.HUMAN)
                        .setWithdrawn(act.b() > 900)
                        .build();
            case RATING ->
                ItemsTrial.feedback(eventId, id, "rater-" + act.who())
                        .setQuestionId(RATING)
                        .setKind(FeedbackKind.RATING)
                        .setRatingMicros((act.a() % 11 - 5) * 500_000L)
                        .setRaterKind(act.b() < 100 ? RaterKind.AI_JUDGE : RaterKind.HUMAN)
                        .setWithdrawn(act.b() > 900)
                        .build();
            case EDIT ->
                ItemsTrial.text(eventId, id, "rater-" + act.who(), FeedbackKind.EDIT)
                        .setWithdrawn(act.b() > 800)
                        .build();
            case REVIEW ->
                ItemsTrial.feedback(eventId, id, "rater-" + act.who())
                        .setQuestionId(proposal(act))
                        .setClassName(act.a() < 700 ? "accept" : "reject")
                        .setRaterKind(act.b() < 100 ? RaterKind.AI_JUDGE : RaterKind.HUMAN)
                        .setWithdrawn(act.b() > 900)
                        .build();
            case APPEAL ->
                action(eventId)
                        .setAppeal(new Appeal(id, question(act), "wrong"))
                        .build();
            case LEASE -> lease(act, "task-" + at);
            case LEASE_END ->
                new LeaseEnded(
                        id,
                        question(act),
                        "rater-" + act.who(),
                        heldTask(items, act),
                        act.b() < 500 ? "expired" : "cancelled");
            case BELIEF -> belief(items, act);
            case CONSENT -> new ConsentDecided(id, "subject", (long) act.a() % 9, true, act.b() < 700, true, false);
            case GOLD ->
                action(eventId)
                        .setGold(new Gold(id, question(act), said(act), ""))
                        .build();
            case ACKNOWLEDGE ->
                action(eventId).setAcknowledge(new Acknowledge(VIOLATION, id)).build();
            case RESOLVE ->
                action(eventId).setResolve(new Resolve(VIOLATION, id, "done")).build();
            case PRICE -> new Price(ItemsPolicies.POOL, act.a() * 200L, (long) act.b());
            case TICK, REPEAT -> throw new IllegalStateException("no event of its own");
        };
    }

    private static ActionAccepted.Builder action(String eventId) {
        return ActionAccepted.newBuilder().setEventId(eventId).setActor("ada");
    }

    private static LeaseGranted lease(Act act, String taskId) {
        return new LeaseGranted(
                act.id(),
                question(act),
                ItemsPolicies.POOL,
                "rater-" + act.who(),
                taskId,
                Lane.VALUE,
                500_000L,
                ItemsTrial.START_MS + act.a(),
                act.b() % 4 == 0,
                act.a() % 2 == 0,
                "");
    }

    /** The question about one of the edits of the item, wherever it stands in the history: it may not have come. */
    private String proposal(Act act) {
        List<Integer> edits = IntStream.range(0, acts.size())
                .filter(at -> acts.get(at).kind() == Kind.EDIT && acts.get(at).item() == act.item())
                .boxed()
                .toList();
        String edit = edits.isEmpty() ? "none" : "event-" + edits.get(act.a() % edits.size());
        return ItemsPolicies.ACCEPTABLE + "|" + edit;
    }

    private static boolean isProposed(ItemsTrial items, Act act, String questionId) {
        Item item = Items.find(items.stage().state(), act.id());
        return item != null && Items.question(item, questionId).getProposal() != null;
    }

    /** What calibration says of a proposal, under the name it has there. */
    private static SpecificRecord proposalBelief(ItemsTrial items, Act act, String questionId) {
        ItemQuestion held = Items.question(items.item(act.id()), questionId);
        long p = BELIEFS.get(act.a() % BELIEFS.size());
        return items.beliefOf(
                act.id() + questionId.substring(ItemsPolicies.ACCEPTABLE.length()),
                ItemsPolicies.ACCEPTABLE,
                held.getLabelSetVersion() + act.b() % 3,
                Slots.counted(held),
                "event",
                false,
                p,
                1_000_000 - p);
    }

    private SpecificRecord belief(ItemsTrial items, Act act) {
        String about = proposal(act);
        if (act.who() == 0 && isProposed(items, act, about)) {
            return proposalBelief(items, act, about);
        }
        Item item = Items.find(items.stage().state(), act.id());
        ItemQuestion held = item == null ? null : Items.question(item, question(act));
        boolean gold = held != null && held.getGoldClass() != null && act.b() % 2 == 0;
        long version = act.b() % 3 + (held == null ? 0 : held.getLabelSetVersion());
        int humans = held == null ? 0 : Math.max(0, Slots.counted(held) - act.b() % 5 / 4);
        String cause = act.b() % 5 == 0 ? "reconcile" : "event";
        long p = BELIEFS.get(act.a() % BELIEFS.size());
        String questionId = question(act);
        if (questionId.equals(RANKING)) {
            long rest = 1_000_000 - p;
            BeliefUpdated belief =
                    items.beliefOf(act.id(), RANKING, version, humans, cause, gold, p, rest / 4, rest - rest / 4);
            belief.setStrengthsMicros(humans == 0 ? List.of() : List.of(rest - rest / 3, p, rest / 3));
            return belief;
        }
        BeliefUpdated belief = questionId.equals(VIOLATION)
                ? items.beliefOf(act.id(), VIOLATION, version, humans, cause, gold, 1_000_000 - p, p)
                : items.beliefOf(
                        act.id(),
                        questionId,
                        version,
                        humans,
                        cause,
                        gold,
                        (1_000_000 - p) / 2,
                        p,
                        1_000_000 - p - (1_000_000 - p) / 2);
        if (held != null && !gold && act.b() % 3 == 0) {
            belief.setSupersededGoldRubric(held.getGoldRubricVersion());
        }
        return belief;
    }

    private static String heldTask(ItemsTrial items, Act act) {
        Item item = Items.find(items.stage().state(), act.id());
        LeaseGranted lease =
                item == null ? null : Slots.leaseOf(Items.question(item, question(act)), "rater-" + act.who());
        return lease == null ? "task-0" : lease.getTaskId();
    }

    private static String question(Act act) {
        return switch (act.b() % 6) {
            case 0, 1 -> PREFERENCE;
            case 2 -> act.item() == 0 ? RANKING : RATING;
            default -> VIOLATION;
        };
    }

    private static String said(Act act) {
        List<String> classes = question(act).equals(VIOLATION)
                ? List.of("ok", "violation", "violation")
                : ItemsPolicies.classes(question(act));
        return act.a() < NONSENSE ? "nonsense" : classes.get(act.a() % classes.size());
    }
}
