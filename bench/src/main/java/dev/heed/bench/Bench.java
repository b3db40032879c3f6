package dev.heed.bench;

import dev.heed.bench.faults.Faults;
import dev.heed.runner.Subcommand;
import picocli.CommandLine.Command;

/** The {@code bench} command. */
@Command(
        name = "bench",
        description = "Measures the loop. Figures are of this machine; compare them by their ratios.",
        subcommands = {
            Throughput.class,
            LabelCost.class,
            Faults.class,
            ReplaySpeed.class,
            Retraction.class,
            ExportMemory.class
        })
public final class Bench implements Subcommand {}
