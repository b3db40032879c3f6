package dev.heed.items.slots;

import static dev.heed.items.ItemsPolicies.ACCEPTABLE;
import static dev.heed.items.ItemsPolicies.EDIT;
import static dev.heed.items.ItemsTrial.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LeaseRefused;
import dev.heed.fact.ProposalMade;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.LeaseGranted;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.policy.Question;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Texts that raters write, and what others make of them. */
class ProposalsTest {
    private static final long[] ACCEPTED = {950_000, 50_000};
    private static final long[] REJECTED = {20_000, 980_000};

    private final ItemsTrial items = new ItemsTrial(ItemsPolicies.everyKind().build());

    @BeforeEach
    void anItemThatMayTrain() {
        items.interaction("i1", 3);
        items.consent("i1", 1, true);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    private static String refusal(List<SpecificRecord> facts) {
        assertThat(facts).hasOnlyElementsOfType(EventRefused.class);
        return ((EventRefused) facts.get(0)).getReasonCode();
    }

    private List<String> rows() {
        return items.sent(Channel.DATASET_LOG, Delta.class).stream()
                .map(delta -> delta.getOp() + " " + delta.getRowId() + " " + delta.getChosenKey() + " "
                        + delta.getRejectedKey() + " " + delta.getCause())
                .toList();
    }

    @Test
    void anAcceptedEditIsBetterThanWhatItEdits() {
        items.edit("p1", "i1", "rita");
        assertThat(items.facts(LabelsRequested.class))
                .as("another is asked")
                .filteredOn(wanted -> wanted.getTask().getQuestionId().equals(ACCEPTABLE + "|p1"))
                .singleElement()
                .satisfies(wanted ->
                        assertThat(wanted.getTask().getExcludedRaters()).containsExactly("rita"));
        items.review("f1", "i1", "p1", "sam", "accept");
        LabelsSubmitted told = items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class)
                .get(0)
                .getLabels();
        assertThat(told.getInteractionId()).as("an item of its own").isEqualTo("i1|p1");
        assertThat(told.getQuestionId()).as("to one question").isEqualTo(ACCEPTABLE);
        assertThat(items.stage().sent(Channel.CALIBRATION_JOURNAL).get(0).key()).isEqualTo(ACCEPTABLE);
        items.reviewBelief("i1", "p1", 1, 1, "f1", ACCEPTED);
        assertThat(items.sent(Channel.JUDGMENTS, Judgment.class))
                .singleElement()
                .satisfies(judgment -> {
                    assertThat(judgment.getQuestionId()).isEqualTo(ACCEPTABLE + "|p1");
                    assertThat(judgment.getClassName()).isEqualTo("accept");
                });
        assertThat(rows())
                .containsExactly(
                        "ADD i1|edit-acceptable|p1|preference i1|feedback/p1 i1|candidate/0 judged",
                        "ADD i1|edit-acceptable|p1|sft i1|feedback/p1 null judged");
        Delta row = items.sent(Channel.DATASET_LOG, Delta.class).get(0);
        assertThat(row.getProvenance().getEventIds()).containsExactly("event-i1", "p1", "f1");
        assertThat(row.getProvenance().getRaterIds()).containsExactly("rita", "sam");
    }

    @Test
    void aRejectedEditMakesNoRow() {
        items.edit("p1", "i1", "rita");
        items.review("f1", "i1", "p1", "sam", "reject");
        items.reviewBelief("i1", "p1", 1, 1, "f1", REJECTED);
        assertThat(items.sent(Channel.JUDGMENTS, Judgment.class)).hasSize(1);
        assertThat(rows()).isEmpty();
    }

    @Test
    void nobodyJudgesTheirOwn() {
        items.edit("p1", "i1", "rita");
        assertThat(refusal(items.review("f1", "i1", "p1", "rita", "accept"))).isEqualTo("own_proposal");
        LeaseGranted lease = items.leaseOf("i1", "rita", "t1", 1_000_000);
        lease.setQuestionId(ACCEPTABLE + "|p1");
        assertThat(items.send("i1", lease))
                .singleElement()
                .isInstanceOfSatisfying(
                        LeaseRefused.class,
                        refused -> assertThat(refused.getEnded().getReason()).isEqualTo("own_proposal"));
    }

    @Test
    void aRevisedEditTakesTheRowsOfTheEarlierOne() {
        items.edit("p1", "i1", "rita");
        items.review("f1", "i1", "p1", "sam", "accept");
        items.reviewBelief("i1", "p1", 1, 1, "f1", ACCEPTED);
        items.edit("p2", "i1", "rita");
        assertThat(items.question("i1", EDIT).getRaters()).as("one slot").hasSize(1);
        assertThat(rows().subList(2, 4))
                .containsExactly(
                        "RETRACT i1|edit-acceptable|p1|preference i1|feedback/p1 i1|candidate/0 proposal_replaced",
                        "RETRACT i1|edit-acceptable|p1|sft i1|feedback/p1 null proposal_replaced");
        items.review("f2", "i1", "p2", "sam", "accept");
        items.reviewBelief("i1", "p2", 1, 1, "f2", ACCEPTED);
        assertThat(rows().get(4)).startsWith("ADD i1|edit-acceptable|p2|preference");
        items.sendPublic(
                "i1",
                text("w1", "i1", "rita", FeedbackKind.EDIT)
                        .setRevises("p2")
                        .setWithdrawn(true)
                        .build());
        assertThat(rows().subList(6, 8)).allMatch(row -> row.endsWith("proposal_withdrawn"));
        assertThat(items.edit("p2", "i1", "rita")).hasOnlyElementsOfType(DuplicateIgnored.class);
    }

    @Test
    void anAcceptedCritiqueStandsBesideWhatItIsAbout() {
        ItemsTrial critiques = new ItemsTrial(ItemsPolicies.policy()
                .setQuestions(List.of(
                        ItemsPolicies.edit().setKind(FeedbackKind.CRITIQUE).build(),
                        ItemsPolicies.acceptable().build()))
                .build());
        critiques.interaction("i1", 3);
        critiques.consent("i1", 1, true);
        critiques.sendPublic(
                "i1",
                text("p1", "i1", "rita", FeedbackKind.CRITIQUE)
                        .setCandidateId("c2")
                        .build());
        critiques.review("f1", "i1", "p1", "sam", "accept");
        critiques.reviewBelief("i1", "p1", 1, 1, "f1", ACCEPTED);
        assertThat(critiques.sent(Channel.DATASET_LOG, Delta.class))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getRowId()).isEqualTo("i1|edit-acceptable|p1|critique");
                    assertThat(row.getChosenKey()).isEqualTo("i1|candidate/2");
                    assertThat(row.getCritiqueKey()).isEqualTo("i1|feedback/p1");
                });
        critiques.check();
    }

    @Test
    void thereAreAsManyProposalsAsSlotsAndOnlyOfPeople() {
        items.edit("p1", "i1", "rita");
        items.edit("p2", "i1", "sam");
        assertThat(refusal(items.edit("p3", "i1", "tom"))).isEqualTo("no_slot");
        assertThat(refusal(items.sendPublic(
                        "i1",
                        text("p4", "i1", "judge", FeedbackKind.EDIT)
                                .setRaterKind(RaterKind.AI_JUDGE)
                                .build())))
                .isEqualTo("proposer_not_human");
        assertThat(refusal(items.sendPublic(
                        "i1", text("p5", "i1", "rita", FeedbackKind.CRITIQUE).build())))
                .isEqualTo("kind_unsupported");
        assertThat(refusal(items.sendPublic(
                        "i1",
                        text("p6", "i1", "rita", FeedbackKind.EDIT)
                                .setCandidateId("c9")
                                .build())))
                .isEqualTo("candidate_unknown");
        assertThat(refusal(items.review("f1", "i1", "p9", "sam", "accept"))).isEqualTo("proposal_unknown");
        assertThat(refusal(items.sendPublic(
                        "i1",
                        ItemsTrial.feedback("f2", "i1", "sam")
                                .setQuestionId(ACCEPTABLE)
                                .setClassName("accept")
                                .build())))
                .as("of which?")
                .isEqualTo("proposal_unknown");
    }

    @Test
    void aBoundedNumberIsProposedPerItem() {
        for (int i = 0; i < Proposals.MAX_PROPOSALS; i++) {
            items.edit("p" + i, "i1", "rita");
        }
        assertThat(items.facts(ProposalMade.class)).hasSize(Proposals.MAX_PROPOSALS);
        assertThat(refusal(items.edit("more", "i1", "rita"))).isEqualTo("proposals_full");
    }

    @Test
    void aTextCanBeAskedFor() {
        Question asked = ItemsPolicies.edit()
                .setAlwaysReview(true)
                .setLeastValueMicros(250_000)
                .build();
        ItemsTrial asking = new ItemsTrial(ItemsPolicies.policy()
                .setQuestions(List.of(asked, ItemsPolicies.acceptable().build()))
                .build());
        asking.interaction("i1", 1);
        assertThat(asking.facts(LabelsRequested.class)).singleElement().satisfies(wanted -> {
            assertThat(wanted.getTask().getQuestionId()).isEqualTo(EDIT);
            assertThat(wanted.getTask().getLabelsWanted()).isEqualTo(1);
            assertThat(wanted.getTask().getValueMicros()).isEqualTo(250_000);
        });
        LeaseGranted lease = asking.leaseOf("i1", "rita", "t1", 1_000_000);
        lease.setQuestionId(EDIT);
        asking.send("i1", lease);
        asking.edit("p1", "i1", "rita");
        assertThat(asking.facts(ProposalMade.class)).singleElement().satisfies(made -> assertThat(made.getLeased())
                .isTrue());
        assertThat(asking.question("i1", EDIT).getLeases()).isEmpty();
        asking.check();
    }
}
