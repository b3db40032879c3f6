package dev.heed.intake.shape;

import dev.heed.core.Levels;
import dev.heed.event.Action;
import dev.heed.event.Consent;
import dev.heed.event.Evaluation;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.event.RaterProfile;
import dev.heed.event.Signal;
import dev.heed.policy.Policy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** The shape of every public event, by its class. */
public final class Shapes {
    private final Map<Class<?>, Shape<?>> shapes = new HashMap<>();

    /** @param levels the decision levels that this code can do, by stage */
    public Shapes(Map<String, Levels> levels) {
        add(Interaction.class, new InteractionShape());
        add(Signal.class, new SignalShape());
        add(Feedback.class, new FeedbackShape());
        add(RaterProfile.class, new RaterShape());
        add(Consent.class, new ConsentShape());
        add(Policy.class, new PolicyShape(levels));
        add(Evaluation.class, new EvaluationShape());
        add(Action.class, new ActionShape());
    }

    private <T extends SpecificRecord> void add(Class<T> type, Shape<T> shape) {
        shapes.put(type, shape);
    }

    /** What the event has in common with all others; empty when it says too little for that. */
    public Optional<Head> head(SpecificRecord event) {
        return Optional.ofNullable(of(event).head(event));
    }

    /** Lists what is wrong with the event alone. */
    public void check(SpecificRecord event, Problems problems) {
        of(event).check(event, problems);
    }

    @SuppressWarnings("unchecked") // a shape is only ever put under its own class
    private Shape<SpecificRecord> of(SpecificRecord event) {
        Shape<?> shape = shapes.get(event.getClass());
        if (shape == null) {
            throw new IllegalArgumentException(event.getClass().getName() + " (expected: a public event)");
        }
        return (Shape<SpecificRecord>) shape;
    }
}
