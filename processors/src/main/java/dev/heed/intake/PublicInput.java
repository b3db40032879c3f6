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
    INTERACTIONS(Channel.INTERACTIONS, Interaction.class, Lane.BULK),
    SIGNALS(Channel.SIGNALS, Signal.class, Lane.BULK),
    FEEDBACK(Channel.FEEDBACK, Feedback.class, Lane.BULK),
    RATERS(Channel.RATERS, RaterProfile.class, Lane.URGENT),
    CONSENTS(Channel.CONSENTS, Consent.class, Lane.URGENT),
    POLICIES(Channel.POLICIES, Policy.class, Lane.URGENT),
    EVALUATIONS(Channel.EVALUATIONS, Evaluation.class, Lane.BULK),
    ACTIONS(Channel.ACTIONS, Action.class, Lane.URGENT);

    private final Channel channel;
    private final Class<? extends SpecificRecord> type;
    private final Lane lane;

    PublicInput(Channel channel, Class<? extends SpecificRecord> type, Lane lane) {
        this.channel = channel;
        this.type = type;
        this.lane = lane;
    }

    public Channel channel() {
        return channel;
    }

    /** The class of the topic's values. */
    public Class<? extends SpecificRecord> type() {
        return type;
    }

    /** The way that its records take into the loop. */
    public Lane lane() {
        return lane;
    }

    /** True when the topic's keys name people. */
    boolean hasPersonalKeys() {
        return this == CONSENTS;
    }
}
