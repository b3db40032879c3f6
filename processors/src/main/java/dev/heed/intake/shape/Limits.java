package dev.heed.intake.shape;

/** How large, long and many things may be in a public record. */
public final class Limits {
    /** Characters of an id. Keys are made of up to three of them. */
    public static final int ID = 200;
    /** Characters of a task's id, which the loop makes of up to five ids and a number. */
    public static final int TASK_ID = 6 * ID;
    /** Bytes of a record's value, uncompressed; the broker's own limit is on what is compressed. */
    public static final int RECORD_BYTES = 1_000_000;
    /** Bytes of one stored text: a prompt as JSON may be longer than the record it came in. */
    public static final int PART_BYTES = 1_500_000;
    /** How far ahead of intake's time an event may be, milliseconds: clocks differ, but not by more. */
    public static final long FUTURE_MS = 300_000;
    /** Characters of one text. */
    public static final int TEXT = 500_000;
    /** Characters of a note that is kept for ever. */
    public static final int NOTE = 2_000;
    /** Turns of a prompt. */
    public static final int TURNS = 200;
    /** Candidates of an interaction. */
    public static final int CANDIDATES = 8;
    /** Slices of an interaction. */
    public static final int SLICES = 64;
    /** Pools, skills or languages of a rater. */
    public static final int NAMES = 100;
    /** Clusters of one slice of a gate plan. */
    public static final int CLUSTERS = 50_000;
    /** Tasks asked for at once. */
    public static final int TASKS = 20;
    /** Leases a rater may hold. */
    public static final int LEASES = 100;
    /** Questions, pools or levels of a policy, each. */
    public static final int POLICY_ENTRIES = 200;
    /** Classes of a question. */
    public static final int CLASSES = 64;
    /** Labels of one item and question; agreement counts units of up to this many. */
    public static final int RATERS = 64;
    /** Items that reconcile runs go over per tick. */
    public static final int RECONCILE_ITEMS = 500;
    /** Most items gone over per tick after a rubric was superseded. */
    public static final int RUBRIC_ITEMS = 500;
    /** Most earlier versions of a rubric that are comparable with a question's. */
    public static final int COMPARABLE_RUBRICS = 32;
    /** Passes of a reconcile run over all items. */
    public static final int RECONCILE_PASSES = 1_000;
    /** Appeals per item and question. */
    public static final int APPEALS = 8;

    /** Labels looked ahead. */
    public static final int LOOK_AHEAD = 5;
    /** A duration, milliseconds: ten years. */
    public static final long DURATION_MS = 315_360_000_000L;

    /** One, in micros. */
    public static final long ONE_MICROS = 1_000_000;

    // Exposure is at most people times severity; with the largest loss its product is 1e12, which is as large as a risk
    // in micros may get with room for sums.
    /** People who saw an answer. */
    public static final long USERS = 10_000_000;
    /** Severity of a slice, in micros. */
    public static final long SEVERITY_MICROS = 100 * ONE_MICROS;
    /** People times severity times audience factor, in micros, where a policy caps it no lower. */
    public static final long EXPOSURE_MICROS = USERS * SEVERITY_MICROS;
    /** Loss of an action, in micros. */
    public static final long LOSS_MICROS = 1_000 * ONE_MICROS;

    /** A rating in micros of the question's scale, either way. */
    public static final long RATING_MICROS = 1_000_000 * ONE_MICROS;

    /** Different numbers of a scale: sums of their squares must fit a long with millions of ratings. */
    public static final long RATING_NUMBERS = 10_001;

    private Limits() {}
}
