package dev.heed.calibration.rubrics;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.CalibrationPolicy;
import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.Rubrics;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RubricAdvanced;
import dev.heed.fact.RubricSuperseded;
import dev.heed.journal.ItemReconsidered;
import dev.heed.journal.Tick;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.state.ItemLabels;
import dev.heed.state.QuestionTally;
import dev.heed.state.RubricCursor;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Has a question begin anew when a policy brings a rubric that labels counted so far are not comparable with. Counts,
 * class prior and agreement hold nothing from that moment on; items come back into them one by one, with those of their
 * labels that are comparable, at ticks or when something happens to them. So labels that must not be pooled are apart
 * at every offset, however many items there are.
 */
public final class RubricsFeature implements Feature {
    /** Most items gone over per tick, whatever the policy: each is decided under the same journal record. */
    static final int MAX_ITEMS_PER_TICK = 500;
    /** Most questions whose items are gone over per tick; the rest wait for those to end. */
    static final int MAX_QUESTIONS_PER_TICK = 16;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Policy) {
            step.policy().getQuestions().forEach(question -> compare(step, question));
        } else if (step.event() instanceof Tick && step.hasPolicy()) {
            int left = MAX_ITEMS_PER_TICK;
            for (StateReader.Entry<RubricCursor> entry :
                    step.state().withPrefix(cursors(), RubricCursor.class, MAX_QUESTIONS_PER_TICK)) {
                if (left > 0) {
                    left -= advance(step, Keys.lastPart(entry.key()), entry.value(), left);
                }
            }
        }
    }

    private static void compare(Step step, Question question) {
        QuestionTally tally = step.state().get(CalibrationKeys.question(question.getQuestionId()), QuestionTally.class);
        if (tally == null) {
            return;
        }
        List<String> superseded = tally.getRubricVersions().stream()
                .filter(version -> !Rubrics.comparable(question, version))
                .toList();
        if (!superseded.isEmpty()) {
            step.emit(new RubricSuperseded(
                    question.getQuestionId(), question.getRubricVersion(), superseded, tally.getRubricEpoch() + 1));
        }
    }

    private static int advance(Step step, String questionId, RubricCursor cursor, int most) {
        int limit =
                Math.min(most, CalibrationPolicy.of(step.policy(), questionId).getRubricItemsPerTick());
        int epoch = Objects.requireNonNull(step.state().get(CalibrationKeys.question(questionId), QuestionTally.class))
                .getRubricEpoch();
        List<StateReader.Entry<ItemLabels>> items = step.state()
                .withPrefixAfter(
                        CalibrationKeys.items(questionId),
                        CalibrationKeys.item(questionId, cursor.getLastInteractionId()),
                        ItemLabels.class,
                        limit);
        String last = items.isEmpty()
                ? cursor.getLastInteractionId()
                : Keys.lastPart(items.get(items.size() - 1).key());
        step.emit(new RubricAdvanced(questionId, last, items.size(), items.size() < limit));
        for (StateReader.Entry<ItemLabels> item : items) {
            // Something may have happened to it since, and then it has come back already.
            if (item.value().getRubricEpoch() != epoch) {
                step.thenDecide(new ItemReconsidered(questionId, Keys.lastPart(item.key()), 0L), null);
            }
        }
        return items.size();
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RubricSuperseded superseded) {
            state.put(cursor(superseded.getQuestionId()), new RubricCursor("", 0L));
        } else if (fact instanceof RubricAdvanced advanced) {
            String key = cursor(advanced.getQuestionId());
            RubricCursor before = Objects.requireNonNull(state.get(key, RubricCursor.class));
            if (advanced.getEnds()) {
                state.delete(key);
            } else {
                state.put(
                        key,
                        new RubricCursor(advanced.getLastInteractionId(), before.getItems() + advanced.getItems()));
            }
        }
    }

    private static String cursor(String questionId) {
        return Keys.of("rubric", questionId);
    }

    private static String cursors() {
        return Keys.prefix("rubric");
    }
}
