package dev.heed.items.judgment;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.Outgoing;
import dev.heed.core.Rubrics;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.AppealOutcome;
import dev.heed.fact.AppealDecided;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.FactHeader;
import dev.heed.fact.Judged;
import dev.heed.items.Items;
import dev.heed.items.LabelRequests;
import dev.heed.items.Questions;
import dev.heed.items.Scores;
import dev.heed.items.Slots;
import dev.heed.journal.Tick;
import dev.heed.out.Judgment;
import dev.heed.policy.Question;
import dev.heed.state.HeldAppeal;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * After each belief: judge, or ask for one more label. The test is that of triage, v · novelty ≥ cost + price. An item
 * is judged once it fails with min_raters labels, or at max_raters whatever it says, there after a senior if the question
 * names any. From then on its judgment follows its labels: each change of them, and each change of the answer, is a
 * revision.
 */
public final class Judgments implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            SeniorTurn.atTick(step);
        }
        for (BeliefRecorded recorded : step.facts(BeliefRecorded.class)) {
            Question question = Objects.requireNonNull(Questions.find(step.policy(), recorded.getQuestionId()));
            if (recorded.getGold()) {
                // Under a superseded rubric it is about to be set aside, and the belief that follows is the one to
                // judge by.
                if (Rubrics.comparable(question, held(step, recorded).getGoldRubricVersion())) {
                    judgeGold(step, question, recorded);
                }
            } else if (held(step, recorded).getGoldClass() == null) {
                settle(step, question, recorded);
            }
            // Else the belief crossed the known answer on its way; the one that follows from it comes next.
        }
        if (step.facts(BeliefRecorded.class).isEmpty()) {
            step.facts(AppealDecided.class).forEach(decided -> atDeadline(step, decided));
        }
    }

    /** An appeal whose time was up is judged on the belief that is held. */
    private static void atDeadline(Step step, AppealDecided decided) {
        Question question = Questions.find(step.policy(), decided.getQuestionId());
        ItemQuestion held = Items.question(step.state(), decided.getInteractionId(), decided.getQuestionId());
        if (decided.getOutcome() != AppealOutcome.LAPSED) {
            BeliefRecorded recorded = Verdict.standing(decided.getInteractionId(), held, "appeal");
            step.emit(new Verdict(Objects.requireNonNull(question), recorded).judged(step, held, reason(decided)));
        }
        LabelRequests.cancel(step, decided.getInteractionId(), held);
    }

    private static String reason(AppealDecided decided) {
        return "appeal_" + decided.getOutcome().name().toLowerCase(Locale.ROOT);
    }

    private static void judgeGold(Step step, Question question, BeliefRecorded recorded) {
        Verdict verdict = new Verdict(question, recorded);
        Judgment earlier = held(step, recorded).getJudgment();
        if (earlier == null
                || !Verdict.isGold(earlier)
                || earlier.getSuperseded()
                || !earlier.getClassName().equals(verdict.className())) {
            step.emit(verdict.judged(step, held(step, recorded), Verdict.GOLD));
        }
        SeniorTurn.end(step, recorded.getInteractionId(), held(step, recorded), question, "gold");
        LabelRequests.cancel(step, recorded.getInteractionId(), held(step, recorded));
    }

    /** Judges on a belief, or asks for what is missing. */
    static void settle(Step step, Question question, BeliefRecorded recorded) {
        boolean worthMore = Scores.passes(recorded.getScores());
        boolean full = recorded.getLabels() >= question.getMaxRaters();
        boolean settled = full || (recorded.getLabels() >= question.getMinRaters() && !worthMore);
        Verdict verdict = new Verdict(question, recorded);
        ItemQuestion held = held(step, recorded);
        if (Slots.holdsSuperseded(question, held)) {
            return; // Calibration is about to set labels aside, and the belief that follows is the one to judge by.
        }
        boolean superseded = verdict.isSuperseded(held);
        if (superseded && !settled && !held.getJudgment().getSuperseded()) {
            step.emit(verdict.superseded(step, held.getJudgment()));
            held = held(step, recorded);
        }
        if (held.getAppeal() != null) {
            hear(step, question, verdict, held);
            return;
        }
        SeniorTurn.Says senior = SeniorTurn.next(step, question, recorded, worthMore);
        if (senior == SeniorTurn.Says.WAIT) {
            return;
        }
        held = held(step, recorded);
        List<AppealDecided> decided = step.facts(AppealDecided.class).stream()
                .filter(each -> each.getInteractionId().equals(recorded.getInteractionId())
                        && each.getQuestionId().equals(recorded.getQuestionId()))
                .toList();
        if (senior == SeniorTurn.Says.ANSWERED) {
            settled = true;
        }
        if (!decided.isEmpty()) {
            step.emit(verdict.judged(step, held, reason(decided.get(0))));
        } else if (settled && (held.getJudgment() == null || superseded)) {
            String unsettled = senior == SeniorTurn.Says.ANSWERED ? "senior" : "max_raters";
            step.emit(verdict.judged(step, held, worthMore ? unsettled : "value_below_price"));
        } else if (held.getJudgment() != null && !superseded && verdict.revises(held.getJudgment())) {
            step.emit(verdict.judged(step, held, "revised"));
        }
        if (!settled) {
            ask(step, question, recorded, worthMore);
            return;
        }
        LabelRequests.cancel(step, recorded.getInteractionId(), held(step, recorded));
    }

    /** While an appeal is open the judgment stands, unless a label it rests on is gone; fresh labels are asked for. */
    private static void hear(Step step, Question question, Verdict verdict, ItemQuestion held) {
        if (!held.getJudgment().getSuperseded() && !verdict.restsOn(held.getJudgment(), held)) {
            step.emit(verdict.judged(step, held, "revised"));
        }
        HeldAppeal appeal = held.getAppeal();
        long fresh = Slots.countedLabels(held, Integer.MAX_VALUE).stream()
                .filter(label -> !appeal.getSeenRaters().contains(label.getRaterId()))
                .count();
        int pending = held.getLeases().size() + Slots.due(held);
        int missing = (int) (appeal.getRaters() - fresh - pending);
        int wanted = Math.min(Slots.due(held) + missing, Slots.free(question, held));
        if (missing > 0 && wanted > 0) {
            Item item = Objects.requireNonNull(
                    Items.find(step.state(), verdict.recorded().getInteractionId()));
            LabelRequests.request(step, item, question, wanted);
        }
    }

    /**
     * Asks for what is missing to min_raters if the item was routed to people or is worth it, and beyond that for one
     * label at a time.
     */
    private static void ask(Step step, Question question, BeliefRecorded recorded, boolean worthMore) {
        Item item = Objects.requireNonNull(Items.find(step.state(), recorded.getInteractionId()));
        ItemQuestion held = Items.question(item, recorded.getQuestionId());
        if (held.getProposal() != null && held.getProposal().getWithdrawn()) {
            return;
        }
        int pending = held.getLeases().size() + Slots.due(held);
        int missing;
        if (recorded.getLabels() < question.getMinRaters()) {
            boolean asked = worthMore || LabelRequests.isReviewed(held.getRoute());
            missing = asked ? question.getMinRaters() - Slots.counted(held) - pending : 0;
        } else {
            missing = worthMore && pending == 0 ? 1 : 0;
        }
        int wanted = Math.min(Slots.due(held) + missing, Slots.free(question, held));
        if (missing > 0 && wanted > 0) {
            LabelRequests.request(step, item, question, wanted);
        }
    }

    private static ItemQuestion held(Step step, BeliefRecorded recorded) {
        return Items.question(step.state(), recorded.getInteractionId(), recorded.getQuestionId());
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof Judged judged) {
            Judgment judgment = judged.getJudgment();
            Items.updateQuestion(
                    state,
                    judgment.getInteractionId(),
                    judgment.getQuestionId(),
                    question -> question.setJudgment(judgment));
        } else {
            SeniorTurn.apply(state, fact);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (!(fact instanceof Judged judged)) {
            return;
        }
        Judgment judgment = judged.getJudgment();
        String key = Items.publicKey(judgment.getInteractionId(), judgment.getQuestionId());
        if (!Verdict.isGold(judgment)) {
            out.send(Channel.JUDGMENTS, key, judgment);
        } else if (judgment.getRevision() > 1) {
            // Gold never appears; what was published before its answer became known is deleted.
            out.send(new Outgoing(Channel.JUDGMENTS, key, null, Destination.BY_KEY));
        }
    }
}
