package dev.heed.runner.price;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays simulated weeks through the queues stage and says how well the price spends the budget. */
@Command(
        name = "price",
        description = {
            "Play a simulated week through the real queues stage, for each of several courses of the load.",
            "The load varies fifty-fold, raters work in shifts. Spending is compared with what demand and staffing"
                    + " allow, the value of the labels with that of an oracle which sees the week ahead."
        })
public final class EvaluatePriceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the first week (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--weeks",
            paramLabel = "N",
            description = "Weeks per course of the load, each with the next seed (default: ${DEFAULT-VALUE}).")
    private int weeks = 1;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the weeks into a PNG file.")
    private @Nullable Path plot;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<PriceFigures> figures = new ArrayList<>();
        if (!json) {
            out.println(PriceFigures.head());
        }
        for (LoadShape load : LoadShape.values()) {
            for (int week = 0; week < weeks; week++) {
                PriceFigures each = PriceFigures.of(PriceWeek.of(load, seed + week));
                figures.add(each);
                if (!json) {
                    out.println(each.line());
                    out.flush();
                }
            }
        }
        if (json) {
            ArrayNode all = new ObjectMapper().createArrayNode();
            figures.forEach(each -> all.add(each.json()));
            out.println(all);
        }
        if (plot != null) {
            WeekImage.write(plot, figures);
        }
        return 0;
    }
}
