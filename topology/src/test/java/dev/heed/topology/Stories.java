package dev.heed.topology;

import dev.heed.event.Candidate;
import dev.heed.event.Dataset;
import dev.heed.event.Evaluation;
import dev.heed.event.FeedbackKind;
import dev.heed.event.GatePlan;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.PairedResult;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import dev.heed.event.SliceMargin;
import dev.heed.intake.PublicInput;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import dev.heed.topology.policy.PolicyFile;
import dev.heed.topology.policy.PolicyInvalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Events that stories through the whole loop are told with. */
final class Stories {
    private Stories() {}

    static Policy examplePolicy() {
        Path file = Path.of(System.getProperty("heed.root", ".."), "deploy/policies/example.yaml");
        try {
            return PolicyFile.parse("example.yaml", Files.readString(file), DriverLoop.START_MS);
        } catch (PolicyInvalid e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, with critiques that another rater accepts or not; nothing is held out. */
    static Policy critiquePolicy() {
        Policy policy = examplePolicy();
        Question judging = Question.newBuilder(policy.getQuestions().get(0))
                .setQuestionId("holds")
                .setClasses(List.of("yes", "no"))
                .setAboutProposals(true)
                .setEscalates(false)
                .setSeniorSkill("")
                .setMinRaters(1)
                .setMaxRaters(2)
                .setPressures(List.of())
                .setRows(List.of(new RowRule(Dataset.CRITIQUE, List.of("yes"), 700_000L)))
                .build();
        Question critique = Question.newBuilder(judging)
                .setQuestionId("critique")
                .setKind(FeedbackKind.CRITIQUE)
                .setJudgedBy("holds")
                .setAboutProposals(false)
                .setClasses(List.of())
                .setLoss(List.of())
                .setRows(List.of())
                .build();
        List<Question> questions = new ArrayList<>(policy.getQuestions());
        questions.addAll(List.of(judging, critique));
        policy.setQuestions(questions);
        policy.setHoldoutMicros(0);
        return policy;
    }

    static Interaction interaction(String id, long nowMs) {
        return Interaction.newBuilder()
                .setEventId("event-" + id)
                .setInteractionId(id)
                .setSubjectId("subject-" + id)
                .setOccurredAtMs(nowMs)
                .setSlices(List.of("age:under-10"))
                .setPrompt(List.of(new Message("user", "What is half of " + id + "?")))
                .setCandidates(List.of(Candidate.newBuilder()
                        .setCandidateId("a")
                        .setModelId("tutor")
                        .setText("Half of it.")
                        .build()))
                .build();
    }

    static Signal signal(String eventId, String interactionId, long scoreMicros, long nowMs) {
        return Signal.newBuilder()
                .setEventId(eventId)
                .setInteractionId(interactionId)
                .setKind(SignalKind.CLASSIFIER)
                .setDetectorId("guard-1")
                .setQuestionId("violation")
                .setScoreMicros(scoreMicros)
                .setOccurredAtMs(nowMs)
                .build();
    }

    /** A candidate whose gate is on one slice, with the same result on each of so many clusters. */
    static void gate(DriverLoop loop, String slice, int clusters, long differenceMicros) {
        List<String> names =
                IntStream.range(0, clusters).mapToObj(i -> "cluster-" + i).toList();
        GatePlan plan = GatePlan.newBuilder()
                .setEventId("plan")
                .setCandidateId("tutor-4")
                .setReferenceId("tutor-3")
                .setModelDigest("digest")
                .setMetric("helpful")
                .setAlphaMicros(50_000L)
                .setSlices(List.of(SliceMargin.newBuilder()
                        .setSlice(slice)
                        .setMarginMicros(100_000L)
                        .setClusters(names)
                        .build()))
                .setDeadlineMs(loop.nowMs() + Duration.ofDays(1).toMillis())
                .setOccurredAtMs(loop.nowMs())
                .build();
        loop.send(PublicInput.EVALUATIONS, "tutor-4", new Evaluation(plan, null));
        for (String cluster : names) {
            PairedResult result = PairedResult.newBuilder()
                    .setEventId("result-" + cluster)
                    .setCandidateId("tutor-4")
                    .setSlice(slice)
                    .setCluster(cluster)
                    .setDifferenceMicros(differenceMicros)
                    .setOccurredAtMs(loop.nowMs())
                    .build();
            loop.send(PublicInput.EVALUATIONS, "tutor-4", new Evaluation(null, result));
        }
    }

    /** An interaction that many saw, and a detector that is sure it is a violation. */
    static void escalate(DriverLoop loop, String id) {
        Interaction seenByMany = interaction(id, DriverLoop.START_MS);
        seenByMany.setUsersAffected(100);
        loop.send(PublicInput.INTERACTIONS, id, seenByMany);
        loop.send(PublicInput.SIGNALS, id, signal("signal-" + id, id, 999_999, DriverLoop.START_MS));
    }
}
