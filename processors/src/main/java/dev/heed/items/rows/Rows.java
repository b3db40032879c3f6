package dev.heed.items.rows;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.GateConcerns;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.GoldSetAside;
import dev.heed.fact.Judged;
import dev.heed.fact.PolicyInstalled;
import dev.heed.fact.ProposalMade;
import dev.heed.fact.ProposalWithdrawn;
import dev.heed.fact.RowChanged;
import dev.heed.fact.RowsSwept;
import dev.heed.fact.StandingInstalled;
import dev.heed.fact.StandingSwept;
import dev.heed.items.Items;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.SeatDecided;
import dev.heed.journal.Tick;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.RowRef;
import dev.heed.state.RowsCursor;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the training rows of an item what {@link RowLaw} says they are and their datasets have room for, after each
 * judgment, known answer, consent decision, standing and policy: a delta is the difference between the rows wanted and the
 * rows that stand. Where a rule counts a row among others, its dataset is asked before it comes in.
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
    static final String SUSPENDED = "rater_suspended";
    static final String STANDING = "rater_standing";
    static final String ROOM = "room";

    /** Most items, or rows of a rater, that are held against a new policy or standing at one event. */
    static final int MAX_ITEMS_PER_TICK = 64;

    /** What the reason of a judgment begins with that an appeal led to. */
    static final String APPEAL = "appeal_";

    private static final String RUBRIC_SUPERSEDED = "rubric_superseded";
    private static final String SWEEP = Keys.of("rows-sweep");
    private static final String STANDINGS = "rows-standing";

    private final RowLaw law;

    /** @param seed secret seed of the holdout split */
    public Rows(byte[] seed) {
        this.law = new RowLaw(seed);
    }

    @Override
    public void decide(Step step) {
        for (GoldSetAside setAside : step.facts(GoldSetAside.class)) {
            // Labels that count take the place of the answer, whether they are judged anew or were before it was known.
            Item item = Objects.requireNonNull(Items.find(step.state(), setAside.getInteractionId()));
            settle(step, item, Items.question(item, setAside.getQuestionId()), RUBRIC_SUPERSEDED);
        }
        for (Judged judged : step.facts(Judged.class)) {
            Judgment judgment = judged.getJudgment();
            Item item = Objects.requireNonNull(Items.find(step.state(), judgment.getInteractionId()));
            settle(step, item, Items.question(item, judgment.getQuestionId()), cause(judgment));
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
        if (step.event() instanceof SeatDecided decided) {
            SeatAnswers.take(step, law, decided);
        }
        boolean tick = step.event() instanceof Tick;
        if (tick) {
            sweep(step);
        }
        if (tick || !step.facts(StandingInstalled.class).isEmpty()) {
            sweepStandings(step);
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

    /** Holds some more rows against the standings of raters that changed. */
    private void sweepStandings(Step step) {
        int left = MAX_ITEMS_PER_TICK;
        for (StateReader.Entry<RowsCursor> entry :
                step.state().withPrefix(Keys.prefix(STANDINGS), RowsCursor.class, MAX_ITEMS_PER_TICK)) {
            if (left == 0) {
                return;
            }
            String[] parts = Keys.parts(entry.key());
            List<StateReader.Entry<RowRef>> rows = Claims.rowsOf(
                    step.state(), parts[1], parts[2], entry.value().getCursor(), left);
            for (StateReader.Entry<RowRef> row : rows) {
                RowRef ref = row.value();
                Item item = Objects.requireNonNull(Items.find(step.state(), ref.getInteractionId()));
                settle(step, item, Items.question(item, ref.getQuestionId()), STANDING);
            }
            boolean more = rows.size() == left;
            left -= rows.size();
            step.emit(new StandingSwept(parts[1], parts[2], more ? lastRow(rows) : ""));
        }
    }

    private static String lastRow(List<StateReader.Entry<RowRef>> rows) {
        return rows.get(rows.size() - 1).value().getRowId();
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
        new Settlement(step, law, item, held, cause).all();
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
        } else if (fact instanceof StandingInstalled installed) {
            RaterStanding standing = installed.getStanding();
            String raterId = standing.getRaterId();
            if (!Claims.rowsOf(state, standing.getQuestionId(), raterId, "", 1).isEmpty()) {
                state.put(Keys.of(STANDINGS, standing.getQuestionId(), raterId), new RowsCursor(""));
            }
        } else if (fact instanceof StandingSwept swept) {
            String key = Keys.of(STANDINGS, swept.getQuestionId(), swept.getRaterId());
            if (swept.getCursor().isEmpty()) {
                state.delete(key);
            } else {
                state.put(key, new RowsCursor(swept.getCursor()));
            }
        } else if (fact instanceof ClaimChanged changed) {
            Claims.apply(state, changed);
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
        } else if (fact instanceof ClaimChanged changed) {
            SeatRequests.send(changed, out);
        }
    }
}
