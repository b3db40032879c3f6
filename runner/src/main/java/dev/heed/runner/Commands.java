package dev.heed.runner;

import java.util.List;

/** The commands of {@code heed}, in the order in which help lists them. */
final class Commands {
    static final List<Object> ALL = List.of();

    private Commands() {}
}
