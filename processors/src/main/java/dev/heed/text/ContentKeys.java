package dev.heed.text;

/** Keys of the contents topic: the interaction, a separator that no id holds, and the part. */
public final class ContentKeys {
    /** Name of the part that holds an interaction's prompt. */
    public static final String PROMPT = "prompt";

    private static final char SEPARATOR = '|';
    private static final String REFUSED = "dead" + SEPARATOR;

    private ContentKeys() {}

    /** @param owner the interaction, or what stands for it */
    public static String of(String owner, String part) {
        return owner + SEPARATOR + part;
    }

    /** Name of the part that holds one answer. */
    public static String candidate(String candidateId) {
        return "candidate" + SEPARATOR + candidateId;
    }

    /** Name of the part that holds what a rater wrote. */
    public static String feedback(String eventId) {
        return "feedback" + SEPARATOR + eventId;
    }

    /** Name of the part that holds what a report says. */
    public static String signal(String eventId) {
        return "signal" + SEPARATOR + eventId;
    }

    /** Whether a part holds a refused record. */
    public static boolean isRefused(String part) {
        return part.startsWith(REFUSED);
    }

    /** Name of the part that holds a refused record. */
    public static String refused(String topic, int partition, long offset) {
        return REFUSED + topic + '-' + partition + '-' + offset;
    }
}
