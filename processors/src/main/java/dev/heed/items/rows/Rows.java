package dev.heed.items.rows;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.GateConcerns;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RowOp;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.Judged;
import dev.heed.fact.PolicyInstalled;
import dev.heed.fact.ProposalMade;
import dev.heed.fact.ProposalWithdrawn;
import dev.heed.fact.RowChanged;
import dev.heed.fact.RowPlace;
import dev.heed.fact.RowsSwept;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.journal.Tick;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.RowsCursor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the training rows of an item what {@link RowLaw} says they are, after each judgment, known answer, consent
 * decision and policy: a delta is the difference between the rows wanted and the rows that stand.
 */
public final class Rows implements Feature {
    static final String JUDGED = "judged";
    static final String REVISED = "judgment_revised";
    static final String GRANTED = "consent_granted";
    static final String WITHDRAWN = "consent_withdrawn";
    static final String ERASED = "erasure";
    static final String GOLD = "gold";
    static final String POLICY = "policy_changed";
    static final String PROPOSAL_REPLACED = "proposal_replaced";
    static final String PROPOSAL_WITHDRAWN = "proposal_withdrawn";

    /** Most items whose rows are held against a new policy at one tick. */
    static final int MAX_ITEMS_PER_TICK = 64;

    /** What the reason of a judgment begins with that an appeal led to. */
    static final String APPEAL = "appeal_";

    private static final String SWEEP = Keys.of("rows-sweep");

    private final RowLaw law;

    /** @param seed secret seed of the holdout split */
    public Rows(byte[] seed) {
        this.law = new RowLaw(seed);
    }

    @Override
    public void decide(Step step) {
        for (Judged judged : step.facts(Judged.class)) {
            Judgment judgment = judged.getJudgment();
            String cause = cause(judgment);
            Item item = Objects.requireNonNull(Items.find(step.state(), judgment.getInteractionId()));
            settle(step, item, Items.question(item, judgment.getQuestionId()), cause);
        }
        for (GoldRecorded recorded : step.facts(GoldRecorded.class)) {
            Item item = Objects.requireNonNull(
                    Items.find(step.state(), recorded.getGold().getInteractionId()));
            settle(step, item, Items.question(item, recorded.getGold().getQuestionId()), GOLD);
        }
        for (ProposalMade made : step.facts(ProposalMade.class)) {
            settleProposal(
                    step, made.getFeedback().getInteractionId(), made.getReplacedQuestionId(), PROPOSAL_REPLACED);
        }
        for (ProposalWithdrawn withdrawn : step.facts(ProposalWithdrawn.class)) {
            settleProposal(
                    step,
                    withdrawn.getFeedback().getInteractionId(),
                    withdrawn.getJudgingQuestionId(),
                    PROPOSAL_WITHDRAWN);
        }
        for (ConsentApplied applied : step.facts(ConsentApplied.class)) {
            Item item = Objects.requireNonNull(
                    Items.find(step.state(), applied.getConsent().getInteractionId()));
            ConsentDecided consent = applied.getConsent();
            String cause = consent.getErased() ? ERASED : consent.getTrain() ? GRANTED : WITHDRAWN;
            item.getQuestions().forEach(held -> settle(step, item, held, cause));
        }
        if (step.event() instanceof Tick) {
            sweep(step);
        }
    }

    /** Holds the rows of some more items against the policy in force. */
    private void sweep(Step step) {
        RowsCursor cursor = step.state().get(SWEEP, RowsCursor.class);
        if (cursor == null) {
            return;
        }
        List<Item> items = Items.after(step.state(), cursor.getCursor(), MAX_ITEMS_PER_TICK);
        for (Item item : items) {
            item.getQuestions().forEach(held -> settle(step, item, held, POLICY));
        }
        String reached = items.size() < MAX_ITEMS_PER_TICK
                ? ""
                : items.get(items.size() - 1).getInteraction().getInteractionId();
        step.emit(new RowsSwept(step.policy().getPolicyVersion(), reached));
    }

    private static String cause(Judgment judgment) {
        if (judgment.getReason().startsWith(APPEAL) || judgment.getSuperseded()) {
            return judgment.getReason();
        }
        return judgment.getRevision() == 1 ? JUDGED : REVISED;
    }

    private void settleProposal(Step step, String interactionId, @Nullable String questionId, String cause) {
        if (questionId != null) {
            Item item = Objects.requireNonNull(Items.find(step.state(), interactionId));
            settle(step, item, Items.question(item, questionId), cause);
        }
    }

    private void settle(Step step, Item item, ItemQuestion held, String cause) {
        Map<String, Row> wanted = new TreeMap<>();
        for (Row row : law.wanted(step.policy(), Questions.find(step.policy(), held.getQuestionId()), item, held)) {
            wanted.put(row.id(), row);
        }
        for (Delta last : held.getRows()) {
            Row row = wanted.remove(last.getRowId());
            boolean stands = last.getOp() != RowOp.RETRACT;
            if (row == null && stands) {
                step.emit(new RowChanged(retraction(step, held, last, cause), place(last)));
            } else if (row != null && !(stands && row.isSameAs(last))) {
                RowOp op = stands ? RowOp.REVISE : RowOp.ADD;
                step.emit(new RowChanged(
                        row.delta(op, last.getRevision() + 1, cause, RowCauses.of(cause, held, last), step.nowMs()),
                        stands ? place(last) : null));
            }
        }
        wanted.values()
                .forEach(row -> step.emit(new RowChanged(
                        row.delta(RowOp.ADD, 1, cause, RowCauses.of(cause, held, null), step.nowMs()), null)));
    }

    /** Where a row that stands is counted. */
    private static RowPlace place(Delta delta) {
        return new RowPlace(
                delta.getClassName(),
                delta.getSplit(),
                delta.getProvenance().getPolicyVersion(),
                delta.getProvenance().getRubricVersion());
    }

    private static Delta retraction(Step step, ItemQuestion held, Delta last, String cause) {
        return Records.with(last, delta -> {
            delta.setOp(RowOp.RETRACT);
            delta.setRevision(last.getRevision() + 1);
            delta.setCause(why(held, cause));
            delta.setCauseKind(RowCauses.of(delta.getCause(), held, last));
            delta.setDecidedAtMs(step.nowMs());
        });
    }

    private static String why(ItemQuestion held, String cause) {
        if (cause.equals(WITHDRAWN) || cause.equals(ERASED)) {
            return cause;
        }
        if (RowLaw.isGold(held)) {
            return GOLD;
        }
        // A grant takes no row away: then the rules of a later policy did.
        return cause.equals(GRANTED) ? POLICY : cause;
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PolicyInstalled) {
            if (!Items.after(state, "", 1).isEmpty()) {
                state.put(SWEEP, new RowsCursor(""));
            }
        } else if (fact instanceof RowsSwept swept) {
            if (swept.getCursor().isEmpty()) {
                state.delete(SWEEP);
            } else {
                state.put(SWEEP, new RowsCursor(swept.getCursor()));
            }
        } else if (fact instanceof RowChanged changed) {
            Delta delta = changed.getDelta();
            Items.updateQuestion(state, delta.getInteractionId(), delta.getQuestionId(), question -> {
                List<Delta> rows = Records.replacing(
                        question.getRows(), each -> each.getRowId().equals(delta.getRowId()), delta);
                rows.sort(Comparator.comparing(Delta::getRowId));
                question.setRows(rows);
            });
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof RowChanged changed) {
            out.send(Channel.DATASET_LOG, changed.getDelta().getInteractionId(), changed.getDelta());
            Contamination.of(changed).ifPresent(concern -> GateConcerns.tell(out, concern));
        }
    }
}
