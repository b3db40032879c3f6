package dev.heed.topology;

import static dev.heed.topology.TopicSpec.FOREVER;

import dev.heed.audit.AuditProcessor;
import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Consent;
import dev.heed.event.Evaluation;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.event.RaterProfile;
import dev.heed.event.Signal;
import dev.heed.fact.AgreementReported;
import dev.heed.fact.CalibrationFact;
import dev.heed.fact.GatesFact;
import dev.heed.fact.IntakeFact;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.QueuesFact;
import dev.heed.fact.SubjectsFact;
import dev.heed.fact.VersionsFact;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.SubjectsEvent;
import dev.heed.journal.VersionsEvent;
import dev.heed.out.AuditHead;
import dev.heed.out.BinaryRow;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.CritiqueRow;
import dev.heed.out.DatasetVersion;
import dev.heed.out.DeadLetter;
import dev.heed.out.Delta;
import dev.heed.out.DetectorErrorRates;
import dev.heed.out.DriftDetected;
import dev.heed.out.Erasure;
import dev.heed.out.Escalation;
import dev.heed.out.GateStep;
import dev.heed.out.GateVerdict;
import dev.heed.out.GuardrailRow;
import dev.heed.out.Judgment;
import dev.heed.out.Notification;
import dev.heed.out.PreferenceRow;
import dev.heed.out.PseudonymKey;
import dev.heed.out.SftRow;
import dev.heed.out.SilenceState;
import dev.heed.out.Task;
import dev.heed.out.TriageDecision;
import dev.heed.policy.Policy;
import dev.heed.topology.TopicSpec.Cleanup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** The one table of all topics. Creation, checks, access lists and documentation come from here. */
public final class TopicCatalog {
    /** Public inputs hold plain text and personal ids, so they go well before an erasure is due. */
    private static final long INPUT_MS = Duration.ofDays(7).toMillis();

    private static final long PUBLIC_MS = Duration.ofDays(30).toMillis();
    private static final long DEAD_LETTER_MS = Duration.ofDays(14).toMillis();

    private static final String INTAKE = "intake";
    private static final String ITEMS = "items";
    private static final String QUEUES = "queues";
    private static final String CALIBRATION = "calibration";
    private static final String GATES = "gates";
    private static final String SUBJECTS = "subjects";
    private static final String VERSIONS = "versions";
    private static final String MATERIALIZER = "materializer";

    private static final Map<Channel, TopicSpec> SPECS = table();

    private TopicCatalog() {}

    /** All topics, in the order of {@link Channel}. */
    public static List<TopicSpec> all() {
        return List.copyOf(SPECS.values());
    }

    public static TopicSpec of(Channel channel) {
        return Objects.requireNonNull(SPECS.get(channel));
    }

    /** What a stage may write. */
    public static Set<Channel> writtenBy(String stage) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        for (TopicSpec spec : SPECS.values()) {
            if (spec.writers().contains(stage)) {
                channels.add(spec.channel());
            }
        }
        return channels;
    }

    private static Map<Channel, TopicSpec> table() {
        List<TopicSpec> specs = new ArrayList<>();
        inputs(specs);
        journals(specs);
        facts(specs);
        texts(specs);
        decisions(specs);
        datasets(specs);
        Map<Channel, TopicSpec> table = new EnumMap<>(Channel.class);
        specs.forEach(spec -> table.put(spec.channel(), spec));
        return table;
    }

    private static void inputs(List<TopicSpec> specs) {
        input(specs, Channel.INTERACTIONS, "interaction_id", Interaction.class);
        input(specs, Channel.SIGNALS, "interaction_id or slice", Signal.class);
        input(specs, Channel.FEEDBACK, "interaction_id", Feedback.class);
        input(specs, Channel.RATERS, "rater_id", RaterProfile.class);
        input(specs, Channel.CONSENTS, "subject_id", Consent.class);
        input(specs, Channel.POLICIES, "policy", Policy.class);
        input(specs, Channel.EVALUATIONS, "candidate_id", Evaluation.class);
        input(specs, Channel.ACTIONS, "target_id", Action.class);
    }

    private static void input(
            List<TopicSpec> specs, Channel channel, String key, Class<? extends SpecificRecord> value) {
        specs.add(new TopicSpec(channel, key, value, Cleanup.DELETE, INPUT_MS, Set.of(), "intake"));
    }

    private static void journals(List<TopicSpec> specs) {
        kept(
                specs,
                Channel.ITEMS_JOURNAL,
                "interaction_id",
                ItemsEvent.class,
                "items",
                INTAKE,
                QUEUES,
                CALIBRATION,
                SUBJECTS,
                VERSIONS);
        kept(specs, Channel.QUEUES_JOURNAL, "pool", QueuesEvent.class, "queues", INTAKE, ITEMS, CALIBRATION);
        kept(specs, Channel.CALIBRATION_JOURNAL, "question_id", CalibrationEvent.class, "calibration", INTAKE, ITEMS);
        kept(
                specs,
                Channel.GATES_JOURNAL,
                "candidate_id",
                GatesEvent.class,
                "gates",
                INTAKE,
                ITEMS,
                CALIBRATION,
                GATES,
                VERSIONS);
        kept(specs, Channel.SUBJECTS_JOURNAL, "subject pseudonym", SubjectsEvent.class, "subjects", INTAKE);
        kept(specs, Channel.VERSIONS_JOURNAL, "dataset", VersionsEvent.class, VERSIONS, INTAKE, ITEMS);
    }

    private static void facts(List<TopicSpec> specs) {
        kept(specs, Channel.INTAKE_FACTS, "the input's key", IntakeFact.class, "audit", INTAKE);
        kept(specs, Channel.ITEMS_FACTS, "the journal's key", ItemsFact.class, "audit, replay", ITEMS);
        kept(specs, Channel.QUEUES_FACTS, "the journal's key", QueuesFact.class, "audit, replay", QUEUES);
        kept(
                specs,
                Channel.CALIBRATION_FACTS,
                "the journal's key",
                CalibrationFact.class,
                "audit, replay",
                CALIBRATION);
        kept(specs, Channel.GATES_FACTS, "the journal's key", GatesFact.class, "audit, replay", GATES);
        kept(specs, Channel.SUBJECTS_FACTS, "the journal's key", SubjectsFact.class, "audit, replay", SUBJECTS);
        kept(specs, Channel.VERSIONS_FACTS, "the journal's key", VersionsFact.class, "audit, replay", VERSIONS);
    }

    private static void texts(List<TopicSpec> specs) {
        compacted(
                specs,
                Channel.CONTENTS,
                "interaction_id|part",
                Content.class,
                "materializer, reviewers",
                INTAKE,
                MATERIALIZER);
        compacted(
                specs,
                Channel.CONTENT_KEYS,
                "interaction_id|part",
                ContentKey.class,
                "materializer, reviewers",
                INTAKE,
                MATERIALIZER);
        compacted(specs, Channel.PSEUDONYM_KEYS, "place in the tree", PseudonymKey.class, "intake", INTAKE);
        kept(specs, Channel.ERASURES, "interaction_id", Erasure.class, MATERIALIZER, ITEMS);
    }

    private static void decisions(List<TopicSpec> specs) {
        published(specs, Channel.TRIAGE, "interaction_id|question_id", TriageDecision.class, PUBLIC_MS, "ops", ITEMS);
        published(specs, Channel.ESCALATIONS, "interaction_id|question_id", Escalation.class, PUBLIC_MS, "ops", ITEMS);
        published(specs, Channel.NOTIFICATIONS, "group", Notification.class, PUBLIC_MS, "pagers", ITEMS);
        compacted(specs, Channel.SILENCES, "silence_id", SilenceState.class, "ops", ITEMS);
        published(specs, Channel.TASKS, "rater_id", Task.class, PUBLIC_MS, "reviewers", QUEUES);
        compacted(specs, Channel.JUDGMENTS, "interaction_id|question_id", Judgment.class, "everyone", ITEMS);
        compacted(specs, Channel.RATER_MODELS, "question_id|rater_id", RaterModel.class, "ops", CALIBRATION);
        compacted(specs, Channel.AGREEMENT, "question_id", AgreementReported.class, "ops", CALIBRATION);
        compacted(specs, Channel.RATER_STANDINGS, "question_id|rater_id", RaterStanding.class, "ops", CALIBRATION);
        compacted(
                specs,
                Channel.DETECTOR_RATES,
                "question_id|rater_id|category|threshold",
                DetectorErrorRates.class,
                "ops",
                CALIBRATION);
        published(specs, Channel.DRIFT, "question_id", DriftDetected.class, PUBLIC_MS, "ops", CALIBRATION);
        kept(specs, Channel.GATE_VERDICTS, "candidate_id", GateVerdict.class, "release owners", GATES);
        kept(specs, Channel.GATE_EVIDENCE, "candidate_id", GateStep.class, "release owners", GATES);
        kept(specs, Channel.AUDIT, "topic-partition", AuditHead.class, "auditors", AuditProcessor.NAME);
        published(
                specs,
                Channel.DEAD_LETTERS,
                "topic-partition-offset",
                DeadLetter.class,
                DEAD_LETTER_MS,
                "producers",
                INTAKE,
                ITEMS,
                QUEUES,
                CALIBRATION,
                GATES,
                SUBJECTS);
    }

    private static void datasets(List<TopicSpec> specs) {
        kept(specs, Channel.DATASET_LOG, "interaction_id", Delta.class, "materializer, sinks", ITEMS);
        compacted(specs, Channel.DATASET_PREFERENCE, "row_id", PreferenceRow.class, "trainers", MATERIALIZER);
        compacted(specs, Channel.DATASET_SFT, "row_id", SftRow.class, "trainers", MATERIALIZER);
        compacted(specs, Channel.DATASET_BINARY, "row_id", BinaryRow.class, "trainers", MATERIALIZER);
        compacted(specs, Channel.DATASET_CRITIQUE, "row_id", CritiqueRow.class, "trainers", MATERIALIZER);
        compacted(specs, Channel.DATASET_GUARDRAIL, "row_id", GuardrailRow.class, "trainers", MATERIALIZER);
        kept(specs, Channel.DATASET_VERSIONS, "dataset", DatasetVersion.class, "trainers, auditors", VERSIONS);
    }

    private static void kept(
            List<TopicSpec> specs,
            Channel channel,
            String key,
            Class<? extends SpecificRecord> value,
            String readers,
            String... writers) {
        published(specs, channel, key, value, FOREVER, readers, writers);
    }

    private static void published(
            List<TopicSpec> specs,
            Channel channel,
            String key,
            Class<? extends SpecificRecord> value,
            long retentionMs,
            String readers,
            String... writers) {
        specs.add(new TopicSpec(channel, key, value, Cleanup.DELETE, retentionMs, Set.of(writers), readers));
    }

    private static void compacted(
            List<TopicSpec> specs,
            Channel channel,
            String key,
            Class<? extends SpecificRecord> value,
            String readers,
            String... writers) {
        specs.add(new TopicSpec(channel, key, value, Cleanup.COMPACT, FOREVER, Set.of(writers), readers));
    }
}
