package dev.heed.items.judgment;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.Judged;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LabelsUnrequested;
import dev.heed.fact.SeniorWanted;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Judgment;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One more label is worth 0.11 at belief ½, 0.0105 at 1 in 65, and costs 0.01 + 0.05. */
class JudgmentTest {
    private static final long[] UNSURE = {500_000, 500_000};
    private static final long[] SURELY_OK = {984_615, 15_385};
    private static final long[] SURELY_NOT = {1_000, 999_000};

    private ItemsTrial items = new ItemsTrial(
            ItemsPolicies.only(ItemsPolicies.violation().setEscalates(false).build()));

    @BeforeEach
    void anItemWantsTwoOfAtMostThree() {
        items.interaction("i1", 1);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void itIsJudgedWhenOneMoreLabelIsNotWorthItsPrice() {
        items.verdict("s1", "i1", "guard", "ok");
        labelled("rita", "f1");
        assertThat(belief(1, 1, "f1", SURELY_OK)).as("too few labels").hasOnlyElementsOfType(BeliefRecorded.class);
        labelled("sam", "f2");
        belief(2, 2, "f2", SURELY_OK);
        assertThat(judgments()).singleElement().satisfies(judgment -> {
            assertThat(judgment.getClassName()).isEqualTo("ok");
            assertThat(judgment.getRevision()).isEqualTo(1);
            assertThat(judgment.getReason()).isEqualTo("value_below_price");
            assertThat(judgment.getValueMicros()).isEqualTo(10_503);
            assertThat(judgment.getCostMicros()).isEqualTo(60_000);
            assertThat(judgment.getLabelSetVersion()).isEqualTo(2);
            assertThat(judgment.getPropensityMicros()).isEqualTo(1_000_000);
            assertThat(judgment.getRubricVersion()).isEqualTo("r1");
            assertThat(judgment.getLabels())
                    .extracting(SubmittedLabel::getLabelId)
                    .containsExactly("s1", "f1", "f2");
        });
        assertThat(items.stage().sent(Channel.JUDGMENTS).get(0).key()).isEqualTo("i1|violation");
        assertThat(items.facts(LabelsRequested.class))
                .as("nothing more is asked")
                .hasSize(1);
    }

    @Test
    void itAsksForOneMoreAtATimeAndForASeniorInTheEnd() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        belief(2, 2, "f2", UNSURE);
        assertThat(items.facts(LabelsRequested.class)).hasSize(2);
        assertThat(items.facts(LabelsRequested.class)).last().satisfies(requested -> {
            assertThat(requested.getTask().getLabelsWanted()).isEqualTo(1);
            assertThat(requested.getTask().getRequest()).isEqualTo(2);
            assertThat(requested.getTask().getExcludedRaters()).containsExactly("rita", "sam");
        });
        belief(3, 2, "reconcile", UNSURE);
        assertThat(items.facts(LabelsRequested.class)).as("one is under way").hasSize(2);

        labelled("tom", "f3");
        belief(4, 3, "f3", UNSURE);
        assertThat(judgments()).singleElement().satisfies(judgment -> assertThat(judgment.getReason())
                .isEqualTo("max_raters"));
        assertThat(items.facts(SeniorWanted.class)).hasSize(1);
        items.label("f4", "i1", "tom", "ok");
        belief(5, 3, "f4", UNSURE);
        assertThat(items.facts(SeniorWanted.class)).as("a senior is asked once").hasSize(1);
    }

    @Test
    void aFullItemThatIsSettledNeedsNoSenior() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        labelled("tom", "f3");
        belief(3, 3, "f3", SURELY_OK);
        assertThat(judgments()).singleElement().satisfies(judgment -> assertThat(judgment.getReason())
                .isEqualTo("value_below_price"));
        assertThat(items.facts(SeniorWanted.class)).isEmpty();
    }

    @Test
    void onlyTheLatestLabelSetCounts() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        belief(2, 2, "f2", SURELY_OK);
        assertThat(belief(2, 2, "f2", SURELY_OK)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(belief(1, 1, "f1", SURELY_NOT)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.question("i1", VIOLATION).getBeliefMicros()).containsExactly(984_615L, 15_385L);
        assertThat(judgments()).hasSize(1);
    }

    @Test
    void aJudgmentFollowsItsLabelsAndItsAnswer() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        belief(2, 2, "f2", SURELY_OK);
        belief(3, 2, "reconcile", 990_000, 10_000);
        assertThat(judgments()).as("the same labels, the same answer").hasSize(1);
        belief(4, 2, "reconcile", SURELY_NOT);
        assertThat(judgments()).hasSize(2).last().satisfies(judgment -> {
            assertThat(judgment.getRevision()).isEqualTo(2);
            assertThat(judgment.getReason()).isEqualTo("revised");
            assertThat(judgment.getClassName()).isEqualTo("violation");
        });
        items.label("f3", "i1", "tom", "violation");
        belief(5, 3, "f3", SURELY_NOT);
        assertThat(judgments()).hasSize(3).last().satisfies(judgment -> assertThat(judgment.getLabels())
                .hasSize(3));
    }

    @Test
    void aLabelTakenBackIsAskedForAgain() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        belief(2, 2, "f2", SURELY_OK);
        items.sendPublic(
                "i1", ItemsTrial.feedback("w1", "i1", "rita").setWithdrawn(true).build());
        belief(3, 1, "f1", SURELY_OK);
        assertThat(judgments()).hasSize(2).last().satisfies(judgment -> assertThat(judgment.getLabels())
                .extracting(SubmittedLabel::getRaterId)
                .containsExactly("sam"));
        assertThat(items.facts(LabelsRequested.class)).hasSize(2).last().satisfies(requested -> assertThat(
                        requested.getTask().getLabelsWanted())
                .isEqualTo(1));
    }

    @Test
    void labelsStillOnTheirWayToCalibrationAreNotBehindTheJudgment() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        labelled("tom", "f3");
        belief(2, 2, "f2", SURELY_OK);
        assertThat(judgments()).last().satisfies(judgment -> assertThat(judgment.getLabels())
                .extracting(SubmittedLabel::getLabelId)
                .containsExactly("f1", "f2"));
        belief(3, 3, "f3", SURELY_OK);
        assertThat(judgments()).last().satisfies(judgment -> assertThat(judgment.getLabels())
                .hasSize(3));
    }

    @Test
    void anItemThatPassedIsJudgedByLabelsNobodyAskedFor() {
        items.price(10, 1);
        items.interaction("i2", 1);
        items.label("f1", "i2", "rita", "ok");
        items.belief("i2", VIOLATION, 1, 1, "f1", UNSURE);
        assertThat(items.facts(LabelsRequested.class)).as("not worth asking").hasSize(1);
        items.label("f2", "i2", "sam", "ok");
        items.belief("i2", VIOLATION, 2, 2, "f2", SURELY_OK);
        assertThat(judgments()).hasSize(1);

        items.interaction("i3", 1);
        items.price(0.01, 2);
        items.label("f3", "i3", "rita", "ok");
        items.belief("i3", VIOLATION, 1, 1, "f3", UNSURE);
        assertThat(items.facts(LabelsRequested.class)).hasSize(2).last().satisfies(requested -> {
            assertThat(requested.getTask().getInteractionId()).isEqualTo("i3");
            assertThat(requested.getTask().getLabelsWanted()).isEqualTo(1);
        });
    }

    @Test
    void aJudgmentTakesBackWhatIsStillAskedFor() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        belief(2, 2, "f2", UNSURE);
        items.lease("i1", "tom", "t9");
        belief(3, 2, "reconcile", SURELY_OK);
        assertThat(items.facts(LabelsUnrequested.class)).singleElement().satisfies(unrequested -> assertThat(
                        unrequested.getTask().getRequest())
                .isEqualTo(2));
        items.leaseEnded("i1", "tom", "t9", "cancelled");
        // He had answered already: his label counts, because there is a slot.
        items.label("f3", "i1", "tom", "ok");
        belief(4, 3, "f3", SURELY_OK);
        assertThat(judgments()).hasSize(2);
    }

    @Test
    void aKnownAnswerIsJudgedAndNeverPublished() {
        items.gold("g1", "i1", VIOLATION, "violation");
        items.goldBelief("i1", VIOLATION, 1, 0, 1_000_000);
        assertThat(items.facts(Judged.class)).singleElement().satisfies(judged -> {
            assertThat(judged.getJudgment().getReason()).isEqualTo("gold");
            assertThat(judged.getJudgment().getClassName()).isEqualTo("violation");
        });
        assertThat(items.facts(LabelsUnrequested.class)).hasSize(1);
        items.label("f1", "i1", "rita", "ok");
        items.goldBelief("i1", VIOLATION, 2, 0, 1_000_000);
        assertThat(items.facts(Judged.class)).hasSize(1);
        items.gold("g2", "i1", VIOLATION, "ok");
        items.goldBelief("i1", VIOLATION, 3, 1_000_000, 0);
        assertThat(items.facts(Judged.class)).last().satisfies(judged -> assertThat(
                        judged.getJudgment().getClassName())
                .isEqualTo("ok"));
        assertThat(items.stage().sent(Channel.JUDGMENTS).stream().map(Outgoing::value))
                .allMatch(Objects::isNull);
    }

    @Test
    void aBeliefThatCrossedTheKnownAnswerIsNotJudged() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        items.gold("g1", "i1", VIOLATION, "violation");
        assertThat(belief(2, 2, "f2", SURELY_OK)).hasOnlyElementsOfType(BeliefRecorded.class);
        assertThat(judgments()).isEmpty();
    }

    @Test
    void anAnswerThatBecomesKnownIsDeletedFromTheTopic() {
        labelled("rita", "f1");
        labelled("sam", "f2");
        belief(2, 2, "f2", SURELY_OK);
        items.gold("g1", "i1", VIOLATION, "ok");
        items.goldBelief("i1", VIOLATION, 3, 1_000_000, 0);
        List<Outgoing> published = items.stage().sent(Channel.JUDGMENTS);
        assertThat(published).hasSize(2);
        assertThat(published.get(1).key()).isEqualTo("i1|violation");
        assertThat(published.get(1).value()).isNull();
    }

    @Test
    void aBeliefInOtherClassesThanThePolicysIsRefused() {
        BeliefUpdated belief = items.beliefOf("i1", VIOLATION, 1, 1, "f1", false, UNSURE);
        belief.setClasses(List.of("no", "yes"));
        assertThat(items.send("i1", belief))
                .singleElement()
                .isInstanceOfSatisfying(EventRefused.class, refused -> assertThat(refused.getReasonCode())
                        .isEqualTo("classes_changed"));
        assertThat(items.belief("nowhere", VIOLATION, 1, 1, "f1", UNSURE))
                .singleElement()
                .isInstanceOfSatisfying(EventRefused.class, refused -> assertThat(refused.getReasonCode())
                        .isEqualTo("interaction_unknown"));
    }

    /** Leases the item to the rater, who answers ok. */
    private void labelled(String rater, String eventId) {
        items.lease("i1", rater, "task-" + rater);
        items.label(eventId, "i1", rater, "ok");
    }

    private List<SpecificRecord> belief(long version, int humanLabels, String causedBy, long... micros) {
        return items.belief("i1", VIOLATION, version, humanLabels, causedBy, micros);
    }

    private List<Judgment> judgments() {
        return items.sent(Channel.JUDGMENTS, Judgment.class);
    }
}
