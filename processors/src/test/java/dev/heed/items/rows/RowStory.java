package dev.heed.items.rows;

import static dev.heed.items.ItemsPolicies.PREFERENCE;

import dev.heed.StageTrial;
import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.event.Dataset;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.RowSeat;
import dev.heed.fact.SeatChanged;
import dev.heed.guarantee.DatasetsKeepTheirRules;
import dev.heed.guarantee.LogView;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.SeatDecided;
import dev.heed.journal.VersionsEvent;
import dev.heed.out.Delta;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.RowRule;
import dev.heed.policy.RowSource;
import dev.heed.policy.SourceCap;
import dev.heed.versions.VersionsStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of items and the dataset that their rows come into, under a rule: judged preferences that make one row each.
 * What the stages tell each other is delivered at once, or when the story says so.
 */
final class RowStory implements LogView {
    private static final long[] A = {950_000, 40_000, 10_000};
    private static final long[] B = {40_000, 950_000, 10_000};
    private static final long[] TIE = {20_000, 30_000, 950_000};

    private final List<ItemsTrial> partitions = new ArrayList<>();
    private final StageTrial versions = new StageTrial(VersionsStage.create());
    private final List<Integer> asked = new ArrayList<>();
    private final List<Integer> answered = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final double holdout;
    private boolean delays;
    private long version;
    private long standings;

    RowStory(DatasetRule rule) {
        this(1, 0, rule);
    }

    RowStory(int partitions, double holdout, DatasetRule rule) {
        this.holdout = holdout;
        versions.tickAfter(ItemsTrial.START_MS);
        versions.send("policy-1", policy(1, rule));
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ItemsTrial(policy(1, rule)));
            asked.add(0);
            answered.add(0);
            told.add(0);
        }
    }

    /** From now on what stages tell each other waits for {@link #deliver(Random)} and {@link #deliver()}. */
    void delay() {
        delays = true;
    }

    static DatasetRule.Builder rule() {
        return DatasetRule.newBuilder().setDataset(Dataset.PREFERENCE);
    }

    static DatasetRule.Builder cap(RowSource source, int rows) {
        return rule().setSourceCaps(List.of(new SourceCap(source, rows)));
    }

    static DatasetRule.Builder balance(double ratio, String... classes) {
        return rule().setClassBalance(new ClassBalance(List.of(classes), Math.round(ratio * 1_000_000)));
    }

    Policy policy(int version, DatasetRule... rules) {
        return ItemsPolicies.policy()
                .setEventId("policy-" + version)
                .setPolicyVersion(version)
                .setQuestions(List.of(ItemsPolicies.preference()
                        .setRows(List.of(new RowRule(Dataset.PREFERENCE, List.of(), 500_000L)))
                        .build()))
                .setHoldoutMicros(Math.round(holdout * 1_000_000))
                .setDatasets(List.of(rules))
                .build();
    }

    /** The partition of an item. */
    ItemsTrial items(String id) {
        return partitions.get(Math.floorMod(id.hashCode(), partitions.size()));
    }

    StageTrial versions() {
        return versions;
    }

    /** An interaction whose subject lets it train. */
    void interaction(String id, long simhash, String model, String... slices) {
        List<CandidateFeatures> candidates = new ArrayList<>();
        var builder = ItemsTrial.interaction("event-" + id, id, 2, slices).setSimhash(simhash);
        for (CandidateFeatures each : builder.getCandidates()) {
            candidates.add(CandidateFeatures.newBuilder(each)
                    .setModelId("m")
                    .setModelVersion(model)
                    .build());
        }
        items(id).sendPublic(id, builder.setCandidates(candidates).build());
        consent(id, 1, true);
    }

    void consent(String id, long epoch, boolean train) {
        items(id).consent(id, epoch, train);
        react();
    }

    /** The rater prefers a class, and calibration believes it. */
    void judge(String id, String rater, String className) {
        String eventId = "f" + ++version;
        ItemsTrial items = items(id);
        items.sendPublic(
                id,
                ItemsTrial.feedback(eventId, id, rater)
                        .setQuestionId(PREFERENCE)
                        .setClassName(className)
                        .build());
        int labels = items.question(id, PREFERENCE).getRaters().size();
        items.belief(
                id, PREFERENCE, version, labels, eventId, className.equals("A") ? A : className.equals("B") ? B : TIE);
        react();
    }

    void judged(String id, long simhash, String model, String className, String... slices) {
        interaction(id, simhash, model, slices);
        judge(id, "rita", className);
    }

    void standing(String rater, RaterStatus status) {
        RaterStanding standing = new RaterStanding(rater, PREFERENCE, RaterKind.HUMAN, status, 1, ++standings);
        partitions.forEach(items -> items.send(PREFERENCE, standing));
        react();
    }

    /** Another policy comes, and reaches all rows. */
    void inForce(int version, DatasetRule... rules) {
        inForce(policy(version, rules));
    }

    /** A policy comes to all stages before any acts under it, as intake sends it. */
    void inForce(Policy policy) {
        versions.send(policy.getEventId(), policy);
        partitions.forEach(items -> items.send(policy.getEventId(), policy));
        react();
        tick();
    }

    void tick() {
        partitions.forEach(items -> items.tickAfter(1_000));
        react();
        versions.tickAfter(1_000);
        react();
    }

    private void react() {
        tell();
        if (!delays) {
            deliver();
        }
    }

    /** Delivers all that stages have told each other, and what they say to it. */
    void deliver() {
        boolean more = true;
        while (more) {
            more = false;
            for (int partition = 0; partition < partitions.size(); partition++) {
                more |= ask(partition) || answer(partition);
            }
        }
    }

    /** Delivers the next of what one partition has told the dataset, or the dataset the partition, if there is any. */
    void deliver(Random random) {
        int partition = random.nextInt(partitions.size());
        if (random.nextBoolean()) {
            ask(partition);
        } else {
            answer(partition);
        }
    }

    private boolean ask(int partition) {
        List<VersionsEvent> events = partitions.get(partition).sent(Channel.VERSIONS_JOURNAL, VersionsEvent.class);
        int next = asked.get(partition);
        if (next == events.size()) {
            return false;
        }
        asked.set(partition, next + 1);
        VersionsEvent event = events.get(next);
        SpecificRecord what = event.getSeatAsked() == null ? event.getSeatLeft() : event.getSeatAsked();
        versions.send("preference", Objects.requireNonNull(what));
        return true;
    }

    private boolean answer(int partition) {
        List<Outgoing> answers = versions.sent(Channel.ITEMS_JOURNAL).stream()
                .filter(each -> items(each.key()) == partitions.get(partition))
                .toList();
        int next = answered.get(partition);
        if (next == answers.size()) {
            return false;
        }
        answered.set(partition, next + 1);
        SeatDecided decided =
                ((ItemsEvent) Objects.requireNonNull(answers.get(next).value())).getSeatDecided();
        partitions.get(partition).send(answers.get(next).key(), Objects.requireNonNull(decided));
        tell();
        return true;
    }

    private void tell() {
        for (int i = 0; i < partitions.size(); i++) {
            List<Delta> deltas = partitions.get(i).sent(Channel.DATASET_LOG, Delta.class);
            for (Delta delta : deltas.subList(told.get(i), deltas.size())) {
                news.add(delta.getOp() + " " + delta.getInteractionId() + " " + delta.getCauseKind());
            }
            told.set(i, deltas.size());
        }
    }

    /** The seat that the item's row has or waits for; null when there is none. */
    @Nullable RowSeat seat(String id) {
        String rowId = id + "|" + PREFERENCE + "|preference";
        return versions.facts(SeatChanged.class).stream()
                .filter(changed -> rowId.equals(
                        Objects.requireNonNull(changed.getSeat() == null ? changed.getFormer() : changed.getSeat())
                                .getOffer()
                                .getRowId()))
                .reduce((first, last) -> last)
                .map(SeatChanged::getSeat)
                .orElse(null);
    }

    /** The deltas since the last look: what was done to which item's row, and why. */
    List<String> news() {
        List<String> told = List.copyOf(news);
        news.clear();
        return told;
    }

    /** Each stage replays and keeps its laws, and the dataset its rule. */
    void check() {
        partitions.forEach(ItemsTrial::check);
        versions.checkReplay();
        new DatasetsKeepTheirRules().check(this);
    }

    @Override
    public List<Logged> records(Channel channel) {
        List<Logged> records = new ArrayList<>(versions.records(channel));
        partitions.forEach(items -> records.addAll(items.records(channel)));
        return records;
    }
}
