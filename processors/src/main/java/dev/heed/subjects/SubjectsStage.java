package dev.heed.subjects;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.fact.SubjectsFact;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.ConsentAccepted;
import dev.heed.journal.InteractionRegistered;
import dev.heed.journal.SealRequested;
import dev.heed.journal.SubjectsEvent;
import dev.heed.subjects.actions.ActionsFeature;
import dev.heed.subjects.consents.ConsentsFeature;
import dev.heed.subjects.fanout.FanOutFeature;
import dev.heed.subjects.registration.RegistrationFeature;
import dev.heed.subjects.seals.Seals;
import java.util.List;
import java.util.Set;

/** The subjects stage: interactions and consents in, decisions for every interaction out. Its key is the pseudonym. */
public final class SubjectsStage {
    private static final int HIGHEST_LEVEL = 1;

    private SubjectsStage() {}

    public static Stage create() {
        return new Stage(
                "subjects",
                Channel.SUBJECTS_JOURNAL,
                SubjectsEvent.getClassSchema(),
                Channel.SUBJECTS_FACTS,
                SubjectsFact.getClassSchema(),
                HIGHEST_LEVEL,
                // What a person allows does not wait for a policy.
                Set.of(InteractionRegistered.class, ConsentAccepted.class, ActionAccepted.class, SealRequested.class),
                // Fan-out carries what those before it have just decided, and seals wait for fan-outs.
                List.of(
                        new ConsentsFeature(),
                        new RegistrationFeature(),
                        new ActionsFeature(),
                        new FanOutFeature(),
                        new Seals()));
    }
}
