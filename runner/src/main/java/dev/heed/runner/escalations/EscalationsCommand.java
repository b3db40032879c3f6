package dev.heed.runner.escalations;

import dev.heed.core.Channel;
import dev.heed.event.Acknowledge;
import dev.heed.event.Action;
import dev.heed.event.Resolve;
import dev.heed.event.Silence;
import dev.heed.event.Unsilence;
import dev.heed.json.JsonWriter;
import dev.heed.out.Escalation;
import dev.heed.out.SilenceState;
import dev.heed.runner.cluster.ActorOption;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterOptions;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, answers and mutes escalations. */
@Command(
        name = "escalations",
        description = "List escalations, take charge of them, close them, or mute their notifications for a while.")
public final class EscalationsCommand {
    private static final String TARGET = "An interaction, INTERACTION|QUESTION, or a group, as 'list' prints them.";
    private static final String JSON = "Print one JSON object per line.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "list", description = "The unresolved escalations, then the active silences.")
    int list(
            @Option(names = "--all", description = "Resolved ones as well.") boolean all,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions cluster) {
        EscalationBoard board = EscalationBoard.read(cluster.cluster());
        board.escalations(all).forEach(each -> print(each, json));
        board.activeSilences(InstantSource.system().millis()).forEach(each -> print(each, json));
        return 0;
    }

    @Command(name = "ack", description = "Take charge of escalations.")
    int ack(
            @Parameters(paramLabel = "TARGET", description = TARGET) String target,
            @Mixin ActorOption actor,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        Cluster cluster = options.cluster();
        for (Escalation each : EscalationBoard.read(cluster).meant(target)) {
            Action action = actor.action(each.getInteractionId())
                    .setAcknowledge(new Acknowledge(each.getQuestionId(), each.getInteractionId()))
                    .build();
            print(answered(cluster, action, each, "acknowledged"), json);
        }
        return 0;
    }

    @Command(name = "resolve", description = "Close escalations.")
    int resolve(
            @Parameters(paramLabel = "TARGET", description = TARGET) String target,
            @Option(
                            names = "--resolution",
                            required = true,
                            paramLabel = "CODE",
                            description = "What was done, as a short code.")
                    String resolution,
            @Mixin ActorOption actor,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        Cluster cluster = options.cluster();
        for (Escalation each : EscalationBoard.read(cluster).meant(target)) {
            Action action = actor.action(each.getInteractionId())
                    .setResolve(new Resolve(each.getQuestionId(), each.getInteractionId(), resolution))
                    .build();
            print(answered(cluster, action, each, "resolved"), json);
        }
        return 0;
    }

    @Command(
            name = "silence",
            description = "Mute the notifications of matching escalations; critical levels are never muted.")
    int silence(
            @Parameters(
                            paramLabel = "LABEL=VALUE[,VALUE]",
                            arity = "1..*",
                            description = "All must match. Labels: interaction, question, level, model, subject,"
                                    + " language, slice, slice:NAME.")
                    List<String> matchers,
            @Option(names = "--for", required = true, paramLabel = "DURATION", description = "For how long: 15m, 2h.")
                    String duration,
            @Option(names = "--comment", required = true, paramLabel = "TEXT", description = "Why.") String comment,
            @Mixin ActorOption actor,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        String id = "silence-" + UUID.randomUUID();
        long untilMs = InstantSource.system().millis()
                + SilenceMatchers.duration(duration).toMillis();
        Action action = actor.action(id)
                .setSilence(new Silence(id, SilenceMatchers.parse(matchers), untilMs, comment))
                .build();
        print(silenceState(options.cluster(), action, id, "active"), json);
        return 0;
    }

    @Command(name = "unsilence", description = "End a silence early.")
    int unsilence(
            @Parameters(paramLabel = "SILENCE", description = "Its id, as 'list' prints it.") String id,
            @Mixin ActorOption actor,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        Action action = actor.action(id).setUnsilence(new Unsilence(id)).build();
        print(silenceState(options.cluster(), action, id, "unsilenced"), json);
        return 0;
    }

    private static SpecificRecord answered(Cluster cluster, Action action, Escalation meant, String state)
            throws InterruptedException {
        return new ActionAnswer(cluster)
                .to(
                        action,
                        Channel.ESCALATIONS,
                        value -> value instanceof Escalation answer
                                && EscalationBoard.name(answer).equals(EscalationBoard.name(meant))
                                && answer.getState().equals(state)
                                && action.getActor().equals(answer.getActor()));
    }

    private static SpecificRecord silenceState(Cluster cluster, Action action, String id, String state)
            throws InterruptedException {
        return new ActionAnswer(cluster)
                .to(
                        action,
                        Channel.SILENCES,
                        value -> value instanceof SilenceState answer
                                && answer.getSilence().getSilenceId().equals(id)
                                && answer.getState().equals(state));
    }

    private void print(SpecificRecord record, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonWriter.write(record));
        } else if (record instanceof Escalation escalation) {
            out.println(line(escalation));
        } else if (record instanceof SilenceState silence) {
            out.println(line(silence));
        }
    }

    static String line(Escalation escalation) {
        StringBuilder line = new StringBuilder(EscalationBoard.name(escalation))
                .append("  ")
                .append(escalation.getState())
                .append("  ")
                .append(escalation.getLevel())
                .append("  by ")
                .append(escalation.getCause());
        if (escalation.getRepeat() > 0) {
            line.append(" ").append(escalation.getRepeat());
        }
        if (escalation.getActor() != null) {
            line.append(" of ").append(escalation.getActor());
        }
        if (escalation.getMutedBy() != null) {
            line.append("  muted by ").append(escalation.getMutedBy());
        }
        return line.append("  group: ").append(escalation.getGroup()).toString();
    }

    static String line(SilenceState silence) {
        String matchers = silence.getSilence().getMatchers().stream()
                .map(each -> each.getLabel() + "=" + String.join(",", each.getValues()))
                .collect(Collectors.joining(" "));
        return silence.getSilence().getSilenceId() + "  " + silence.getState() + "  until "
                + Instant.ofEpochMilli(silence.getSilence().getUntilMs()) + "  " + matchers
                + (silence.getActor() == null ? "" : "  by " + silence.getActor()) + ": "
                + silence.getSilence().getComment();
    }
}
