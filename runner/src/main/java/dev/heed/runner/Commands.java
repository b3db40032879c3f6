package dev.heed.runner;

import dev.heed.runner.ingest.IngestCommand;
import dev.heed.runner.tail.TailCommand;
import java.util.List;

/** The commands of {@code heed}, in the order in which help lists them. */
final class Commands {
    static final List<Object> ALL = List.of(new IngestCommand(), new TailCommand());

    private Commands() {}
}
