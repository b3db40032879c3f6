package dev.heed.calibration.models;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ModelsCompared;
import dev.heed.fact.ModelsPublished;
import dev.heed.fact.RubricSuperseded;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterModels;
import dev.heed.journal.Tick;
import dev.heed.state.Timer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Tells others of rater models at ticks, when they have moved beyond the policy's tolerance since they were last told.
 *
 * <p>Triage needs them before any label of an item; beliefs after that are calibration's own, so it does not matter that
 * published models lag.
 */
public final class ModelsFeature implements Feature {
    /** Least time between two comparisons, and so two publications, of one question's models. */
    public static final long COMPARE_INTERVAL_MS = 5_000;
    /** Most raters compared for one question at a time; the rest wait for the next interval. */
    public static final int MAX_RATERS_COMPARED = 256;
    /** Most detectors, and most judges, in one bundle. */
    public static final int MAX_RATERS_BUNDLED = 256;
    /** Most questions compared at one tick; the rest wait for the next tick. */
    static final int MAX_QUESTIONS_PER_TICK = 16;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick && step.hasPolicy()) {
            for (StateReader.Entry<Timer> due :
                    step.state().withPrefix(ModelKeys.timers(), Timer.class, MAX_QUESTIONS_PER_TICK)) {
                if (due.value().getDueMs() <= step.nowMs()) {
                    new Comparison(step, due.value().getTarget()).decide();
                }
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof BeliefMove move) {
            Schedule.moved(state, header, move.getQuestionId());
        } else if (fact instanceof RubricSuperseded superseded) {
            Schedule.moved(state, header, superseded.getQuestionId());
        } else if (fact instanceof ModelsCompared compared) {
            Schedule.compared(state, header, compared);
        } else if (fact instanceof ModelsPublished published) {
            Schedule.published(state, published);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof ModelsPublished published) {
            RaterModels models = published.getModels();
            ItemsEvent event = new ItemsEvent();
            event.setModels(models);
            out.multicast(Channel.ITEMS_JOURNAL, models.getQuestionId(), event);
            for (RaterModel model : published.getChanged()) {
                out.send(Channel.RATER_MODELS, model.getQuestionId() + "|" + model.getRaterId(), model);
            }
        }
    }
}
