package dev.heed.runner;

import dev.heed.runner.evaluate.EvaluateCommand;
import dev.heed.runner.ingest.IngestCommand;
import dev.heed.runner.tail.TailCommand;
import java.util.List;

/** The commands of {@code heed}, in the order in which help lists them. */
final class Commands {
    static final List<Class<?>> ALL = List.of(EvaluateCommand.class, IngestCommand.class, TailCommand.class);

    private Commands() {}
}
