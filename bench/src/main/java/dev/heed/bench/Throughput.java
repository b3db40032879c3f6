package dev.heed.bench;

import dev.heed.embedded.EmbeddedPlatform;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Events per second of the whole loop, beside those of a bare Streams application on the same bytes. */
@Command(
        name = "throughput",
        description = {
            "Prints events/s of the loop and, alternating with it in the same run, of a bare Streams application that"
                    + " does one RocksDB read-modify-write per record on the same bytes, and their ratio.",
            "The first round of each warms the machine up and does not count."
        })
final class Throughput implements Callable<Integer> {
    @Option(names = "--interactions", defaultValue = "5000", description = "Interactions per round; 4 events each.")
    private int interactions;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count, 1 to 100.")
    private int rounds;

    @Option(names = "--partitions", defaultValue = "2", description = "Partitions of every topic, 1 to 64.")
    private int partitions;

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandSpec self = Objects.requireNonNull(spec);
        if (interactions < 1 || rounds < 1 || rounds > 100 || partitions < 1 || partitions > 64) {
            throw new ParameterException(self.commandLine(), "interactions, rounds or partitions out of range");
        }
        PrintWriter out = self.commandLine().getOut();
        List<Double> loop = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        try (EmbeddedPlatform platform = EmbeddedPlatform.temporary()) {
            Rounds each = new Rounds(platform, partitions);
            for (int round = 0; round <= rounds; round++) {
                double ofLoop = each.loop(interactions, round);
                double ofBare = each.bare(interactions, round);
                if (!json) {
                    out.printf(
                            Locale.ROOT,
                            "%-8s loop %,8.0f events/s   bare %,8.0f events/s   ratio %.3f%n",
                            round == 0 ? "warm-up" : "round " + round,
                            ofLoop,
                            ofBare,
                            ofLoop / ofBare);
                    out.flush();
                }
                if (round > 0) {
                    loop.add(ofLoop);
                    bare.add(ofBare);
                }
            }
        }
        report(out, median(loop), median(bare));
        return 0;
    }

    private void report(PrintWriter out, double loop, double bare) {
        int events = interactions * Workload.EVENTS_PER_INTERACTION;
        String format = json
                ? "{\"events_per_round\":%d,\"rounds\":%d,\"loop_events_per_s\":%.0f,\"bare_events_per_s\":%.0f,"
                        + "\"ratio\":%.3f}%n"
                : "%nMedian of %2$d rounds of %1$d events: loop %3$.0f events/s, bare %4$.0f events/s, ratio %5$.3f%n";
        out.printf(Locale.ROOT, format, events, rounds, loop, bare, loop / bare);
        out.flush();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
