package dev.heed.items.rows;

import static dev.heed.items.ItemsPolicies.PREFERENCE;

import dev.heed.core.Channel;
import dev.heed.event.Dataset;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.RaterStanding;
import dev.heed.out.Delta;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.RowRule;
import dev.heed.policy.RowSource;
import dev.heed.policy.SourceCap;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One partition of items under rules of datasets, with judged preferences that make one row each. */
final class RowStory {
    private static final long[] A = {950_000, 40_000, 10_000};
    private static final long[] B = {40_000, 950_000, 10_000};
    private static final long[] TIE = {20_000, 30_000, 950_000};

    private final ItemsTrial items;
    private long version;
    private long standings;
    private int read;

    private final double holdout;

    RowStory(DatasetRule rule) {
        this(0, rule);
    }

    RowStory(double holdout, DatasetRule rule) {
        this.holdout = holdout;
        items = new ItemsTrial(policy(1, rule));
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

    ItemsTrial items() {
        return items;
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
        items.sendPublic(id, builder.setCandidates(candidates).build());
        items.consent(id, 1, true);
    }

    /** The rater prefers a class, and calibration believes it. */
    List<SpecificRecord> judge(String id, String rater, String className) {
        String eventId = "f" + ++version;
        items.sendPublic(
                id,
                ItemsTrial.feedback(eventId, id, rater)
                        .setQuestionId(PREFERENCE)
                        .setClassName(className)
                        .build());
        int labels = items.question(id, PREFERENCE).getRaters().size();
        return items.belief(
                id, PREFERENCE, version, labels, eventId, className.equals("A") ? A : className.equals("B") ? B : TIE);
    }

    void judged(String id, long simhash, String model, String className, String... slices) {
        interaction(id, simhash, model, slices);
        judge(id, "rita", className);
    }

    List<SpecificRecord> standing(String rater, RaterStatus status) {
        return items.send(PREFERENCE, new RaterStanding(rater, PREFERENCE, RaterKind.HUMAN, status, 1, ++standings));
    }

    /** Another policy comes, and reaches all rows. */
    void inForce(int version, DatasetRule rule) {
        items.send("policy-" + version, policy(version, rule));
        items.tickAfter(1_000);
    }

    /** The deltas since the last look: what was done to which item's row, and why. */
    List<String> news() {
        List<Delta> deltas = items.sent(Channel.DATASET_LOG, Delta.class);
        List<String> news = deltas.subList(read, deltas.size()).stream()
                .map(delta -> delta.getOp() + " " + delta.getInteractionId() + " " + delta.getCauseKind())
                .toList();
        read = deltas.size();
        return news;
    }
}
