package dev.heed.export;

/** A column of a shape: its name and what its values are. */
public record Column(String name, Kind kind) {
    /** What the values of a column are, and how files keep them. Any value may be missing. */
    public enum Kind {
        TEXT,
        FLAG,
        /** A whole number. */
        NUMBER,
        TEXTS,
        /** Turns as {@code {"role": …, "content": …}}. */
        MESSAGES,
        /** One turn as {@code {"role": …, "content": …}}. */
        MESSAGE,
        /** Turns as {@code {"from": …, "value": …}}. */
        SHARES,
        /** One turn as {@code {"from": …, "value": …}}. */
        SHARE,
        /** Pairs of what was said and what was answered. */
        PAIRS;

        boolean isTurns() {
            return this == MESSAGES || this == SHARES;
        }

        boolean isTurn() {
            return this == MESSAGE || this == SHARE;
        }

        /** Name of the field that says who speaks. */
        String speaker() {
            return this == SHARES || this == SHARE ? "from" : "role";
        }

        /** Name of the field that says what was said. */
        String speech() {
            return this == SHARES || this == SHARE ? "value" : "content";
        }
    }

    static Column text(String name) {
        return new Column(name, Kind.TEXT);
    }

    static Column flag(String name) {
        return new Column(name, Kind.FLAG);
    }

    static Column number(String name) {
        return new Column(name, Kind.NUMBER);
    }

    static Column texts(String name) {
        return new Column(name, Kind.TEXTS);
    }

    static Column messages(String name) {
        return new Column(name, Kind.MESSAGES);
    }
}
