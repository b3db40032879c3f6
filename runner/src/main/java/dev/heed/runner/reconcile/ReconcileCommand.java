package dev.heed.runner.reconcile;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Reconcile;
import dev.heed.fact.CalibrationFact;
import dev.heed.fact.ReconcileFinished;
import dev.heed.fact.ReconcileStarted;
import dev.heed.json.JsonWriter;
import dev.heed.math.Micros;
import dev.heed.runner.cluster.ActorOption;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.escalations.ActionAnswer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for a reconcile run of a question. */
@Command(
        name = "reconcile",
        description = "Compute all beliefs of a question anew with what is known of its raters, until none moves.")
public final class ReconcileCommand implements Callable<Integer> {
    @Parameters(paramLabel = "QUESTION", description = "A question of the policy.")
    private String question = "";

    @Option(names = "--wait", description = "Wait until the run has ended; exit code 1 if beliefs still move then.")
    private boolean wait;

    @Mixin
    private ActorOption actor = new ActorOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Action action =
                actor.action(question).setReconcile(new Reconcile(question)).build();
        CalibrationFact fact = (CalibrationFact) new ActionAnswer(options.cluster())
                .to(action, Channel.CALIBRATION_FACTS, answers(action.getEventId(), wait), progress(question));
        SpecificRecord answer = wait ? fact.getReconcileFinished() : fact.getReconcileStarted();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonWriter.write(answer));
        } else if (answer instanceof ReconcileFinished finished) {
            out.println(line(finished));
        } else {
            out.println(question + " is being reconciled (--wait tells how it ends)");
        }
        return answer instanceof ReconcileFinished finished && !finished.getConverged() ? 1 : 0;
    }

    static String line(ReconcileFinished finished) {
        return String.format(
                Locale.ROOT,
                "%s %s after %d passes over %d items in all; largest move of the last pass: %.6f",
                finished.getQuestionId(),
                finished.getConverged() ? "converged" : "still moves",
                finished.getPasses(),
                finished.getItems(),
                Micros.toDouble(finished.getMovedMicros()));
    }

    /** What answers the request: that the run began or, if it is waited for, that it ended. */
    static Predicate<SpecificRecord> answers(String eventId, boolean ended) {
        return value -> {
            CalibrationFact fact = (CalibrationFact) value;
            ReconcileStarted started = fact.getReconcileStarted();
            ReconcileFinished finished = fact.getReconcileFinished();
            return ended
                    ? finished != null && finished.getRequestId().equals(eventId)
                    : started != null && started.getRequestId().equals(eventId);
        };
    }

    static Predicate<SpecificRecord> progress(String questionId) {
        return value -> value instanceof CalibrationFact fact
                && fact.getReconcileAdvanced() != null
                && fact.getReconcileAdvanced().getQuestionId().equals(questionId);
    }
}
