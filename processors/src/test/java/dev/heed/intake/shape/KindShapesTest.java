package dev.heed.intake.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.policy.AppealRules;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RatingScale;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kinds of feedback and of questions: what is wrong with one is said by name. */
class KindShapesTest {
    private static Feedback.Builder feedback(FeedbackKind kind) {
        return Feedback.newBuilder()
                .setEventId("f-1")
                .setInteractionId("i-1")
                .setQuestionId("q-1")
                .setRaterId("r-1")
                .setRaterKind(RaterKind.HUMAN)
                .setKind(kind)
                .setOccurredAtMs(1);
    }

    private static List<String> problems(Feedback.Builder feedback) {
        Problems problems = new Problems();
        new FeedbackShape().check(feedback.build(), problems);
        return problems.list();
    }

    private static List<String> problems(Question.Builder question) {
        return problems(question.build());
    }

    private static List<String> problems(Question... questions) {
        Policy policy = Policies.of(1, questions);
        policy.setPools(List.of(new Pool(
                "pool", 60, 10, 100_000L, 60_000L, 0L, 200_000L, 250_000L, 100, 60_000L, 0L, 1_000L, 50_000L, 250_000L,
                200, 40)));
        Problems problems = new Problems();
        new QuestionShape(policy, problems).check();
        return problems.list();
    }

    private static Question.Builder question(FeedbackKind kind, String... classes) {
        return Question.newBuilder(Policies.question("q-1", List.of(classes))).setKind(kind);
    }

    @Test
    void eachKindOfFeedbackBringsItsOwnAnswer() {
        assertThat(problems(feedback(FeedbackKind.LABEL).setClassName("ok"))).isEmpty();
        assertThat(problems(feedback(FeedbackKind.RANKING).setRanking(List.of("b", "a"))))
                .isEmpty();
        assertThat(problems(feedback(FeedbackKind.RATING).setRatingMicros(-5L))).isEmpty();
        assertThat(problems(feedback(FeedbackKind.CRITIQUE).setText("too long")))
                .isEmpty();
        assertThat(problems(feedback(FeedbackKind.LABEL).setClassName("ok").setText("as it is rude")))
                .as("a reason may come with any")
                .isEmpty();
        assertThat(problems(feedback(FeedbackKind.RATING)))
                .containsExactly("rating_micros: none (expected: the answer of a RATING)");
        assertThat(problems(feedback(FeedbackKind.EDIT).setText(" ")))
                .containsExactly("text: 1 characters (expected: the answer of a EDIT)");
        assertThat(problems(feedback(FeedbackKind.RANKING)
                        .setRanking(List.of("a", "b"))
                        .setRatingMicros(3L)))
                .containsExactly("rating_micros: given (expected: none, as the kind is RANKING)");
        assertThat(problems(feedback(FeedbackKind.RANKING).setRanking(List.of("a", "a"))))
                .containsExactly("ranking[1]: a (expected: no two alike)");
        assertThat(problems(feedback(FeedbackKind.RATING).setRevises("f-0").setWithdrawn(true)))
                .as("nothing is said instead")
                .isEmpty();
    }

    @Test
    void aRankingHasAClassForEachCandidate() {
        assertThat(problems(question(FeedbackKind.RANKING, "a", "b", "c").setCandidates(3)))
                .isEmpty();
        assertThat(problems(question(FeedbackKind.RANKING, "a", "b", "c").setCandidates(4)))
                .containsExactly(
                        "questions[0].classes: 3 entries (expected: 4, one for each of its candidates, as it is"
                                + " a RANKING)");
        assertThat(problems(question(FeedbackKind.RANKING, "a", "b").setCandidates(1)))
                .hasSize(2);
    }

    @Test
    void aRatingHasAScaleOfWholeSteps() {
        Question.Builder rating = question(FeedbackKind.RATING, "low", "high").setLoss(List.of());
        assertThat(problems(rating.setRating(new RatingScale(1_000_000L, 5_000_000L, 1_000_000L))))
                .isEmpty();
        assertThat(problems(rating.setRating(new RatingScale(1_000_000L, 5_500_000L, 1_000_000L))))
                .containsExactly("questions[0].rating: 1000000 to 5500000 (expected: whole steps of 1000000 upwards)");
        assertThat(problems(rating.setRating(new RatingScale(0L, 0L, 1_000_000L))))
                .containsExactly("questions[0].rating: 1 (expected: 2 to 10001)");
        assertThat(problems(rating.setRating(null)))
                .containsExactly("questions[0].rating: none (expected: a scale, as it is a RATING)");
        assertThat(problems(question(FeedbackKind.LABEL, "low", "high").setRating(new RatingScale(0L, 1L, 1L))))
                .containsExactly("questions[0].rating: a scale (expected: none, as it is a LABEL)");
    }

    @Test
    void aTextIsJudgedByAQuestionAboutProposals() {
        Question accept = question(FeedbackKind.LABEL, "accept", "reject")
                .setQuestionId("acceptable")
                .setAboutProposals(true)
                .build();
        Question.Builder edit =
                question(FeedbackKind.EDIT).setJudgedBy("acceptable").setLoss(List.of());
        assertThat(problems(edit.build(), accept)).isEmpty();
        assertThat(problems(edit.setJudgedBy("nobody").build(), accept))
                .containsExactly("questions[0].judged_by: nobody (expected: a question with about_proposals, one of"
                        + " [acceptable])");
        assertThat(problems(question(FeedbackKind.LABEL, "a", "b", "c").setAboutProposals(true)))
                .containsExactly("questions[0].about_proposals: LABEL of 3 classes (expected: a LABEL of two, the first"
                        + " of which accepts)");
        assertThat(problems(question(FeedbackKind.LABEL, "a", "b").setJudgedBy("acceptable")))
                .containsExactly("questions[0].judged_by: acceptable (expected: none, as it is a LABEL)");
    }

    @Test
    void anAppealAsksSomebodyForAWhile() {
        Question.Builder appealed = question(FeedbackKind.LABEL, "a", "b");
        assertThat(problems(appealed.setAppeals(
                        AppealRules.newBuilder().setRaters(2).build())))
                .isEmpty();
        assertThat(problems(appealed.setAppeals(
                        AppealRules.newBuilder().setRaters(0).setDeadlineMs(0).build())))
                .containsExactly(
                        "questions[0].appeals.raters: 0 (expected: 1 to 64)",
                        "questions[0].appeals.deadline_ms: 0 (expected: 1 to 315360000000)");
    }

    @Test
    void aSeniorIsToldFromOthersAndAskedForAWhile() {
        Question.Builder tie = question(FeedbackKind.LABEL, "a", "b");
        assertThat(problems(tie.setSeniorSkill("lead"))).isEmpty();
        assertThat(problems(tie.setSeniorPool("pool"))).isEmpty();
        assertThat(problems(tie.setSeniorDeadlineMs(0)))
                .containsExactly("questions[0].senior_deadline_ms: 0 (expected: 1 to 315360000000)");
        tie.setSeniorDeadlineMs(1);
        assertThat(problems(tie.setSeniorSkill("")))
                .containsExactly("questions[0].senior_skill: none (expected: a skill, as senior_pool is the question's"
                        + " own: everybody there would be a senior)");
        assertThat(problems(tie.setSeniorPool("nobody's")))
                .containsExactly("questions[0].senior_pool: nobody's (expected: none, or one of pools: pool)");
    }

    @Test
    void seniorsOfATextAreNamedWhereItIsJudged() {
        Question accept = question(FeedbackKind.LABEL, "accept", "reject")
                .setQuestionId("acceptable")
                .setAboutProposals(true)
                .setSeniorSkill("lead")
                .build();
        Question.Builder edit =
                question(FeedbackKind.EDIT).setJudgedBy("acceptable").setLoss(List.of());
        assertThat(problems(edit.build(), accept)).isEmpty();
        assertThat(problems(edit.setSeniorSkill("lead").build(), accept))
                .containsExactly("questions[0].senior_skill: lead (expected: no seniors of a text: name them in the"
                        + " question that judges it)");
    }

    @Test
    void whatIsAskedMayNameAProposal() {
        assertThat(problems(feedback(FeedbackKind.LABEL)
                        .setQuestionId("acceptable|f-7")
                        .setClassName("accept")))
                .isEmpty();
        assertThat(problems(feedback(FeedbackKind.LABEL)
                        .setQuestionId("acceptable|f-7|f-8")
                        .setClassName("accept")))
                .hasSize(1);
    }

    @Test
    void onlyClassesInAnOrderNeedNoLossMatrix() {
        assertThat(problems(question(FeedbackKind.LABEL, "low", "mid", "high")
                        .setOrdinal(true)
                        .setLoss(List.of())))
                .isEmpty();
        assertThat(problems(question(FeedbackKind.LABEL, "red", "blue").setLoss(List.of())))
                .containsExactly("questions[0].loss.action: 0 entries (expected: 1 to 64)");
    }
}
