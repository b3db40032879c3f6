package dev.heed.intake.shape;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is wrong with a record, each as {@code path: found (expected: …)}. What was found is shown short, and never
 * shown at all where it may be somebody's text.
 */
public final class Problems {
    /** Most problems listed; the rest is counted. */
    public static final int MAX_LISTED = 50;
    /** Most characters shown of a value. */
    public static final int MAX_SHOWN = 60;

    private static final int MICRO_DIGITS = 6;
    private static final String ID_RULE = "1 to " + Limits.ID + " characters, no control character, no '|'";

    /** Is told of the rules that are checked, whether they hold or not; numbers are as a file has them. */
    public interface Rules {
        Rules NONE = new Rules() {};

        default void number(String path, String least, String most) {}

        default void duration(String path, String least, String most) {}

        default void entries(String path, int least, int most) {}

        default void id(String path) {}
    }

    private final boolean asInFile;
    private final Rules rules;
    private final List<String> listed = new ArrayList<>();
    private int unlisted;

    /** For a record: paths and numbers as its schema has them. */
    public Problems() {
        this(false, Rules.NONE);
    }

    private Problems(boolean asInFile, Rules rules) {
        this.asInFile = asInFile;
        this.rules = rules;
    }

    /** For a file that people write: {@code lease: 0s} where the record has {@code lease_ms: 0}. */
    public static Problems asInFile() {
        return new Problems(true, Rules.NONE);
    }

    /** As {@link #asInFile()}, telling which rules it was asked to check. */
    public static Problems asInFile(Rules rules) {
        return new Problems(true, rules);
    }

    public boolean none() {
        return listed.isEmpty();
    }

    /** The problems in the order they were found. */
    public List<String> list() {
        List<String> all = new ArrayList<>(listed);
        if (unlisted > 0) {
            all.add("and " + unlisted + " more");
        }
        return Collections.unmodifiableList(all);
    }

    /** The problems as one line. */
    @Override
    public String toString() {
        return String.join("; ", list());
    }

    public void add(String path, Object found, String expected) {
        if (listed.size() == MAX_LISTED) {
            unlisted++;
        } else {
            listed.add(path + ": " + shown(String.valueOf(found)) + " (expected: " + expected + ")");
        }
    }

    /** Adds a problem unless it is fine. */
    public void check(boolean fine, String path, Object found, String expected) {
        if (!fine) {
            add(path, found, expected);
        }
    }

    /** Checks an id that must be there. */
    public void id(String path, @Nullable String id) {
        rules.id(path);
        check(isId(id), path, found(id), ID_RULE);
    }

    /** Checks the id of a task, as the loop made it. */
    public void taskId(String path, String id) {
        boolean fine =
                !id.isBlank() && id.length() <= Limits.TASK_ID && id.chars().noneMatch(Character::isISOControl);
        check(fine, path, found(id), "1 to " + Limits.TASK_ID + " characters, no control character");
    }

    /** Checks an id that may be null. */
    public void optionalId(String path, @Nullable String id) {
        check(id == null || isId(id), path, found(id), ID_RULE);
    }

    /** Checks an id that may be empty. */
    public void idOrEmpty(String path, String id) {
        check(id.isEmpty() || isId(id), path, found(id), "empty, or " + ID_RULE);
    }

    /** Checks the id of a person, of which only the length is shown. */
    public void personalId(String path, String id) {
        check(isId(id), path, id.length() + " characters", ID_RULE);
    }

    /** Checks ids, of which there may be no two alike. */
    public void distinctIds(String path, List<String> ids, int min, int max) {
        ids(path, ids, min, max);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ids.size(); i++) {
            check(seen.add(ids.get(i)), path + "[" + i + "]", ids.get(i), "no two alike");
        }
    }

    /** Checks a list of ids. */
    public void ids(String path, List<String> ids, int min, int max) {
        count(path, ids.size(), min, max);
        for (int i = 0; i < ids.size(); i++) {
            id(path + "[" + i + "]", ids.get(i));
        }
    }

    /** Checks the length of a text that may be empty; the text is not shown. */
    public void text(String path, String text, int max) {
        check(text.length() <= max, path, text.length() + " characters", "at most " + max);
    }

    /** Checks a number. */
    public void between(String path, long number, long min, long max) {
        rules.number(path, String.valueOf(min), String.valueOf(max));
        check(number >= min && number <= max, path, number, min + " to " + max);
    }

    /**
     * Checks a number in micros.
     *
     * @param path without its unit
     */
    public void micros(String path, long micros, long min, long max) {
        rules.number(micros(path), micros(min), micros(max));
        check(micros >= min && micros <= max, micros(path), micros(micros), micros(min) + " to " + micros(max));
    }

    /**
     * Checks a duration.
     *
     * @param path without its unit
     */
    public void duration(String path, long millis, long min) {
        rules.duration(path, duration(min), duration(Limits.DURATION_MS));
        check(
                millis >= min && millis <= Limits.DURATION_MS,
                asInFile ? path : path + "_ms",
                duration(millis),
                duration(min) + " to " + duration(Limits.DURATION_MS));
    }

    /** A path with its unit, unless a file leaves it out. */
    String micros(String path) {
        return asInFile ? path : path + "_micros";
    }

    /** A number in micros, as the reader of these problems writes it. */
    String micros(long micros) {
        if (!asInFile) {
            return String.valueOf(micros);
        }
        BigDecimal number = BigDecimal.valueOf(micros, MICRO_DIGITS);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** A duration, as the reader of these problems writes it. */
    String duration(long millis) {
        if (!asInFile) {
            return String.valueOf(millis);
        }
        return millis % 86_400_000 == 0 && millis != 0
                ? millis / 86_400_000 + "d"
                : millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    /** Checks how many entries a list has. */
    public void count(String path, int size, int min, int max) {
        rules.entries(path, min, max);
        check(size >= min && size <= max, path, size + " entries", min + " to " + max);
    }

    /** Checks that this version knows the value. */
    public void known(String path, Enum<?> value) {
        if (value.name().equals("UNKNOWN")) {
            List<String> names = new ArrayList<>();
            for (Object each : value.getDeclaringClass().getEnumConstants()) {
                names.add(((Enum<?>) each).name());
            }
            names.remove("UNKNOWN");
            add(path, value, "one of " + String.join(", ", names));
        }
    }

    /** True for 1 to {@link Limits#ID} characters without control characters and without the separator of keys. */
    public static boolean isId(@Nullable String id) {
        return id != null
                && !id.isBlank()
                && id.length() <= Limits.ID
                && id.chars().noneMatch(c -> c == '|' || Character.isISOControl(c));
    }

    private static String found(@Nullable String value) {
        return value == null ? "none" : value.isEmpty() ? "empty" : value;
    }

    /** A value cut short, on one line. */
    public static String shown(String value) {
        String line = value.codePoints()
                .limit(MAX_SHOWN)
                .map(c -> Character.isISOControl(c) ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.length() < value.length() ? line + "… (" + value.length() + " characters)" : line;
    }
}
