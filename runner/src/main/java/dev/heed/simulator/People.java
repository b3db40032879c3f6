package dev.heed.simulator;

import dev.heed.core.Channel;
import dev.heed.out.Escalation;
import dev.heed.out.Judgment;
import dev.heed.out.Task;
import dev.heed.out.TriageDecision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Everybody who acts in answer to what the loop says: reviewers, people on call, experts, and who appeals. */
public final class People {
    /** What they read. */
    public static final List<Channel> READ =
            List.of(Channel.TASKS, Channel.ESCALATIONS, Channel.TRIAGE, Channel.JUDGMENTS);

    private final Workforce workforce;
    private final OnCall onCall;
    private final @Nullable Experts experts;
    private final Appellants appellants;
    private final Set<String> takenUp = new HashSet<>();

    /**
     * @param startMs when their first day begins, milliseconds since the epoch
     * @param gold false if experts keep to themselves what they know
     */
    public People(StudyBuddy world, Pace pace, long startMs, boolean gold) {
        this.workforce = new Workforce(world, pace, startMs);
        this.onCall = new OnCall(world);
        this.experts = gold ? new Experts(world) : null;
        this.appellants = new Appellants(world);
    }

    /** The loop said something. What is not for them they do not hear. */
    public void receive(@Nullable SpecificRecord said, long nowMs) {
        if (said instanceof Task task) {
            workforce.receive(task, nowMs);
        } else if (said instanceof Escalation escalation) {
            onCall.receive(escalation, nowMs);
        } else if (said instanceof TriageDecision decision) {
            takenUp.add(decision.getTriaged().getInteractionId());
            if (experts != null) {
                experts.receive(decision);
            }
        } else if (said instanceof Judgment judgment) {
            appellants.receive(judgment, nowMs);
        }
    }

    /** Interactions that the loop has taken up, as far as people have heard. */
    public int takenUp() {
        return takenUp.size();
    }

    /** What they do until now since the last call. */
    public List<Publication> until(long nowMs) {
        List<Publication> done = new ArrayList<>(workforce.until(nowMs));
        done.addAll(onCall.until(nowMs));
        done.addAll(appellants.until(nowMs));
        if (experts != null) {
            done.addAll(experts.answers());
        }
        return done;
    }
}
