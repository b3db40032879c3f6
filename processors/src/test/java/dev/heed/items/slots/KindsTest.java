package dev.heed.items.slots;

import static dev.heed.items.ItemsPolicies.RANKING;
import static dev.heed.items.ItemsPolicies.RATING;
import static dev.heed.items.ItemsTrial.feedback;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.fact.EventRefused;
import dev.heed.fact.LabelReplaced;
import dev.heed.fact.VerdictRecorded;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.SubmittedLabel;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rankings and ratings on their way to calibration: each says one of the question's classes, and more. */
class KindsTest {
    private final ItemsTrial items = new ItemsTrial(ItemsPolicies.everyKind().build());

    @BeforeEach
    void anItemWithThreeCandidates() {
        items.interaction("i1", 3);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    private SubmittedLabel lastSubmitted() {
        List<CalibrationEvent> sent = items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class);
        List<SubmittedLabel> labels = sent.get(sent.size() - 1).getLabels().getLabels();
        return labels.get(labels.size() - 1);
    }

    private static String refusal(List<SpecificRecord> facts) {
        assertThat(facts).hasOnlyElementsOfType(EventRefused.class);
        return ((EventRefused) facts.get(0)).getReasonCode();
    }

    @Test
    void aRankingSaysWhichCandidateIsBestAndKeepsItsOrder() {
        items.rank("f1", "i1", "rita", "c2", "c0", "c1");
        assertThat(lastSubmitted().getClassName()).isEqualTo("third");
        assertThat(lastSubmitted().getRanking()).containsExactly(2, 0, 1);
        items.rank("f2", "i1", "sam", "c1");
        assertThat(lastSubmitted().getClassName()).isEqualTo("second");
        assertThat(lastSubmitted().getRanking()).as("the rest comes after").containsExactly(1);
    }

    @Test
    void aRankingOfOthersOrNobodyIsRefused() {
        assertThat(refusal(items.rank("f1", "i1", "rita", "c0", "c7"))).isEqualTo("ranking_malformed");
        assertThat(refusal(items.rank("f2", "i1", "rita", "c0", "c1", "c0"))).isEqualTo("ranking_malformed");
        assertThat(refusal(items.rank("f3", "i1", "rita"))).isEqualTo("ranking_missing");
        items.interaction("i2", 2);
        assertThat(refusal(items.rank("f4", "i2", "rita", "c0", "c1")))
                .as("its classes are three candidates")
                .isEqualTo("question_not_asked");
    }

    @Test
    void aRatingFallsIntoTheClassOfItsShareOfTheScale() {
        // −2, −1.5, −1 are poor; −0.5, 0, 0.5 fair; 1, 1.5, 2 good.
        List<String> said = new ArrayList<>();
        for (double rating = -2; rating <= 2; rating += .5) {
            items.rate("f" + rating, "i1", "rita", rating);
            said.add(lastSubmitted().getClassName());
            assertThat(lastSubmitted().getRatingMicros()).isEqualTo(Math.round(rating * 1e6));
        }
        assertThat(said).containsExactly("poor", "poor", "poor", "fair", "fair", "fair", "good", "good", "good");
        assertThat(items.facts(LabelReplaced.class))
                .as("each revises the one before")
                .hasSize(8);
    }

    @Test
    void aRatingOffTheScaleIsRefused() {
        assertThat(refusal(items.rate("f1", "i1", "rita", 2.5))).isEqualTo("rating_off_scale");
        assertThat(refusal(items.rate("f2", "i1", "rita", -2.5))).isEqualTo("rating_off_scale");
        assertThat(refusal(items.rate("f3", "i1", "rita", 0.25))).isEqualTo("rating_off_scale");
        assertThat(refusal(items.sendPublic(
                        "i1",
                        feedback("f4", "i1", "rita")
                                .setQuestionId(RATING)
                                .setKind(FeedbackKind.RATING)
                                .build())))
                .isEqualTo("rating_missing");
        assertThat(items.question("i1", RATING).getRaters())
                .as("missing is not zero")
                .isEmpty();
    }

    @Test
    void aQuestionIsAnsweredInItsOwnKind() {
        List<SpecificRecord> facts = items.sendPublic(
                "i1",
                feedback("f1", "i1", "rita")
                        .setQuestionId(RANKING)
                        .setClassName("first")
                        .build());
        assertThat(refusal(facts)).isEqualTo("kind_unsupported");
        assertThat(((EventRefused) facts.get(0)).getReason())
                .isEqualTo("kind: LABEL (expected: RANKING, the kind of question ranking)");
    }

    @Test
    void judgesRankAndRateAsPeopleDo() {
        items.sendPublic(
                "i1",
                feedback("j1", "i1", "judge")
                        .setRaterKind(RaterKind.AI_JUDGE)
                        .setQuestionId(RANKING)
                        .setKind(FeedbackKind.RANKING)
                        .setRanking(List.of("c1", "c2"))
                        .build());
        assertThat(items.facts(VerdictRecorded.class)).singleElement().satisfies(recorded -> {
            assertThat(recorded.getLabel().getClassName()).isEqualTo("second");
            assertThat(recorded.getLabel().getRanking()).containsExactly(1, 2);
        });
    }
}
