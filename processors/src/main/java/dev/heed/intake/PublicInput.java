package dev.heed.intake;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Consent;
import dev.heed.event.Evaluation;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.event.RaterProfile;
import dev.heed.event.Signal;
import dev.heed.policy.Policy;
import org.apache.avro.specific.SpecificRecord;

/** A topic that the world writes and intake reads. */
public enum PublicInput {
    INTERACTIONS(Channel.INTERACTIONS, Interaction.class),
    SIGNALS(Channel.SIGNALS, Signal.class),
    FEEDBACK(Channel.FEEDBACK, Feedback.class),
    RATERS(Channel.RATERS, RaterProfile.class),
    CONSENTS(Channel.CONSENTS, Consent.class),
    POLICIES(Channel.POLICIES, Policy.class),
    EVALUATIONS(Channel.EVALUATIONS, Evaluation.class),
    ACTIONS(Channel.ACTIONS, Action.class);

    private final Channel channel;
    private final Class<? extends SpecificRecord> type;

    PublicInput(Channel channel, Class<? extends SpecificRecord> type) {
        this.channel = channel;
        this.type = type;
    }

    public Channel channel() {
        return channel;
    }

    /** The class of the topic's values. */
    public Class<? extends SpecificRecord> type() {
        return type;
    }

    /** True when the topic's keys name people. */
    boolean hasPersonalKeys() {
        return this == CONSENTS;
    }
}
