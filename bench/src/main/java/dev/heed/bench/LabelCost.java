package dev.heed.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What it costs to absorb one label, by JMH. */
@Command(
        name = "label",
        description = {
            "Prints the time in which the calibration stage absorbs one label: belief, counts of every rater of"
                    + " the item, agreement, models and the repair of another item, in memory.",
            "Every item has 10 labels of 5 classes; the cost among few items is printed beside that among many.",
            "The measuring JVM takes 6 GiB of memory."
        })
final class LabelCost implements Callable<Integer> {
    /** Under what name JMH gives the bytes allocated per operation. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * The largest state and what an iteration leaves behind have room at once, and all of it was touched: the collector and
     * the kernel have their share of the time that is printed, but do not make most of it.
     */
    private static final String[] HEAP = {"-Xms6g", "-Xmx6g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"};

    @Option(
            names = "--items",
            split = ",",
            defaultValue = "10,1000,100000",
            description = "How many items are stored (default: ${DEFAULT-VALUE}).")
    private String[] items = {};

    @Option(names = "--seconds", defaultValue = "2", description = "Length of an iteration; there are three after two.")
    private int seconds;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(LabelAbsorption.class.getName())
                .param("items", items)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(seconds))
                .forks(1)
                .addProfiler(GCProfiler.class)
                .jvmArgs(HEAP);
        Collection<RunResult> results = new Runner(options.build()).run();
        for (RunResult result : results) {
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%8s items, per label: %.1f us, %.1f us of the processor, %,.0f bytes allocated%n",
                            result.getParams().getParam("items"),
                            result.getPrimaryResult().getScore(),
                            secondary(result, "cpuNanos") / secondary(result, "labels") / 1_000,
                            secondary(result, ALLOCATED));
        }
        return 0;
    }

    private static double secondary(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name)).getScore();
    }
}
