package dev.heed.intake;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Action;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.Coordinates;
import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.event.Evaluation;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.event.RaterProfile;
import dev.heed.event.Signal;
import dev.heed.intake.shape.PolicyShape;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.ConsentAccepted;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.InteractionRegistered;
import dev.heed.journal.SealRequested;
import dev.heed.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Says which records a well-formed event becomes: its text in contents, the rest in the journals it concerns. */
final class Admission {
    private static final List<Channel> WHO_KNOW_RATERS =
            List.of(Channel.ITEMS_JOURNAL, Channel.QUEUES_JOURNAL, Channel.CALIBRATION_JOURNAL);

    private final SubjectNames names;
    private final TextAside text;
    private final int partitions;
    private final Journals journals = new Journals();

    Admission(SubjectNames names, TextAside text, int partitions) {
        this.names = names;
        this.text = text;
        this.partitions = partitions;
    }

    List<Outgoing> admit(State state, SpecificRecord event, Coordinates source) {
        if (event instanceof Interaction interaction) {
            return interaction(state, interaction, source);
        } else if (event instanceof Signal signal) {
            TextAside.Aside<?> aside = text.of(signal);
            return aside.and(journals.record(Channel.ITEMS_JOURNAL, TextAside.owner(signal), aside.event(), source));
        } else if (event instanceof Feedback feedback) {
            TextAside.Aside<?> aside = text.of(feedback);
            return aside.and(
                    journals.record(Channel.ITEMS_JOURNAL, feedback.getInteractionId(), aside.event(), source));
        } else if (event instanceof RaterProfile rater) {
            return journals.multicast(WHO_KNOW_RATERS, rater.getRaterId(), rater, source);
        } else if (event instanceof Consent consent) {
            return consent(state, consent, source);
        } else if (event instanceof Policy policy) {
            return journals.multicast(PolicyShape.KEY, policy, source);
        } else if (event instanceof Evaluation evaluation) {
            return evaluation(evaluation, source);
        } else if (event instanceof Action action && action.getSeal() != null) {
            return seal(action, source);
        } else if (event instanceof Action action) {
            return action(action, source);
        }
        throw new IllegalArgumentException(event.getClass().getName() + " (expected: a public event)");
    }

    List<Outgoing> tick(long nowMs) {
        return journals.tick(nowMs);
    }

    private List<Outgoing> interaction(StateReader state, Interaction event, Coordinates source) {
        String subject = names.of(state, event.getSubjectId());
        TextAside.Aside<InteractionAccepted> aside = text.of(event, subject);
        return aside.and(
                journals.record(Channel.ITEMS_JOURNAL, event.getInteractionId(), aside.event(), source),
                journals.record(
                        Channel.SUBJECTS_JOURNAL,
                        subject,
                        new InteractionRegistered(event.getEventId(), event.getInteractionId(), subject),
                        source));
    }

    /** An erasure is carried out under the name that it ends: what the subject does after it is done by a new one. */
    private List<Outgoing> consent(State state, Consent event, Coordinates source) {
        String subject = names.of(state, event.getSubjectId());
        ConsentAccepted accepted = new ConsentAccepted(
                event.getEventId(),
                subject,
                event.getKind(),
                event.getScopes().stream().sorted().toList(),
                event.getOccurredAtMs(),
                event.getActor());
        Outgoing told = journals.record(Channel.SUBJECTS_JOURNAL, subject, accepted, source);
        return event.getKind() == ConsentKind.ERASE
                ? List.of(told, names.renew(state, event.getSubjectId(), event.getOccurredAtMs()))
                : List.of(told);
    }

    private List<Outgoing> evaluation(Evaluation event, Coordinates source) {
        return event.getPlan() != null
                ? List.of(journals.record(
                        Channel.GATES_JOURNAL, event.getPlan().getCandidateId(), event.getPlan(), source))
                : List.of(journals.record(
                        Channel.GATES_JOURNAL, event.getResult().getCandidateId(), event.getResult(), source));
    }

    /** What mutes escalations concerns every partition of items; any other act has one target. */
    private List<Outgoing> action(Action event, Coordinates source) {
        if (event.getSilence() != null || event.getUnsilence() != null) {
            return journals.multicast(List.of(Channel.ITEMS_JOURNAL), event.getTargetId(), accepted(event), source);
        }
        return List.of(journals.record(journalOf(event), event.getTargetId(), accepted(event), source));
    }

    /** A copy for each partition, which names it, so that whoever awaits an answer from all of them knows who is missing. */
    private List<Outgoing> seal(Action action, Coordinates source) {
        Dataset dataset = DatasetNames.find(action.getSeal().getDataset()).orElseThrow();
        List<Outgoing> copies = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            SealRequested seal = new SealRequested(
                    action.getEventId(), action.getActor(), dataset, source.getOffset(), partition, partitions);
            copies.add(journals.exactly(Channel.SUBJECTS_JOURNAL, partition, action.getTargetId(), seal, source));
        }
        return copies;
    }

    private static Channel journalOf(Action action) {
        if (action.getRequestTasks() != null || action.getReleaseTask() != null) {
            return Channel.QUEUES_JOURNAL;
        } else if (action.getOverride() != null) {
            return Channel.GATES_JOURNAL;
        } else if (action.getReinstate() != null || action.getReconcile() != null) {
            return Channel.CALIBRATION_JOURNAL;
        }
        return Channel.ITEMS_JOURNAL;
    }

    private static ActionAccepted accepted(Action action) {
        return new ActionAccepted(
                action.getEventId(),
                action.getActor(),
                action.getAcknowledge(),
                action.getResolve(),
                action.getRequestTasks(),
                action.getReleaseTask(),
                action.getAppeal(),
                action.getSeal(),
                action.getOverride(),
                action.getGold(),
                action.getReinstate(),
                action.getSilence(),
                action.getUnsilence(),
                action.getReconcile());
    }
}
