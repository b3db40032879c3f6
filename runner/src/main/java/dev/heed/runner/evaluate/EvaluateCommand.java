package dev.heed.runner.evaluate;

import dev.heed.runner.evaluate.drift.EvaluateDriftCommand;
import dev.heed.runner.evaluate.gates.EvaluateGatesCommand;
import dev.heed.runner.pairs.EvaluatePairsCommand;
import dev.heed.runner.price.EvaluatePriceCommand;
import picocli.CommandLine.Command;

/** What can be evaluated. */
@Command(
        name = "evaluate",
        description = "Put known data through the loop and say how well it does.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            EvaluateLabelsCommand.class,
            EvaluatePreferencesCommand.class,
            EvaluateRatersCommand.class,
            EvaluateDetectorsCommand.class,
            EvaluateDriftCommand.class,
            EvaluateGatesCommand.class,
            EvaluatePairsCommand.class,
            EvaluatePriceCommand.class
        })
public final class EvaluateCommand {}
