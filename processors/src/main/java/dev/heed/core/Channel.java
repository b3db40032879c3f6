package dev.heed.core;

/** A topic by its role in the loop. The topic catalogue gives each its name, partitions and retention. */
public enum Channel {
    INTERACTIONS("interactions"),
    SIGNALS("signals"),
    FEEDBACK("feedback"),
    RATERS("raters"),
    CONSENTS("consents"),
    POLICIES("policies"),
    EVALUATIONS("evaluations"),
    ACTIONS("actions"),
    ITEMS_JOURNAL("items.journal"),
    QUEUES_JOURNAL("queues.journal"),
    CALIBRATION_JOURNAL("calibration.journal"),
    GATES_JOURNAL("gates.journal"),
    SUBJECTS_JOURNAL("subjects.journal"),
    VERSIONS_JOURNAL("versions.journal"),
    INTAKE_FACTS("intake.facts"),
    ITEMS_FACTS("items.facts"),
    QUEUES_FACTS("queues.facts"),
    CALIBRATION_FACTS("calibration.facts"),
    GATES_FACTS("gates.facts"),
    SUBJECTS_FACTS("subjects.facts"),
    VERSIONS_FACTS("versions.facts"),
    CONTENTS("contents"),
    CONTENT_KEYS("content-keys"),
    PSEUDONYM_KEYS("pseudonym-keys"),
    ERASURES("erasures"),
    TRIAGE("triage"),
    ESCALATIONS("escalations"),
    NOTIFICATIONS("notifications"),
    SILENCES("silences"),
    TASKS("tasks"),
    JUDGMENTS("judgments"),
    RATER_MODELS("rater-models"),
    AGREEMENT("agreement"),
    RATER_STANDINGS("rater-standings"),
    DETECTOR_RATES("detector-rates"),
    DRIFT("drift"),
    DATASET_LOG("dataset-log"),
    DATASET_PREFERENCE("datasets.preference"),
    DATASET_SFT("datasets.sft"),
    DATASET_BINARY("datasets.binary"),
    DATASET_CRITIQUE("datasets.critique"),
    DATASET_GUARDRAIL("datasets.guardrail"),
    DATASET_VERSIONS("dataset-versions"),
    GATE_VERDICTS("gate-verdicts"),
    GATE_EVIDENCE("gate-evidence"),
    AUDIT("audit"),
    DEAD_LETTERS("dead-letters");

    private final String baseName;

    Channel(String baseName) {
        this.baseName = baseName;
    }

    /** The topic's name without prefix and version, for example {@code items.journal}. */
    public String baseName() {
        return baseName;
    }
}
