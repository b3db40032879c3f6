package dev.heed.runner.gate;

import dev.heed.event.GatePlan;
import dev.heed.runner.Failure;
import dev.heed.runner.InputFile;
import dev.heed.topology.policy.GatePlanFile;
import dev.heed.topology.policy.PolicyInvalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** The plan in a file that a command is given. */
final class PlanFile {
    private PlanFile() {}

    /**
     * Reads the plan.
     *
     * @param nowMs when it is made, milliseconds since the epoch
     * @throws Failure if the file cannot be read
     * @throws PolicyInvalid with every problem of the plan
     */
    static GatePlan read(Path file, long nowMs) throws PolicyInvalid {
        try (InputStream in = InputFile.open(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return GatePlanFile.parse(file.toString(), text, nowMs);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Prints every problem, and returns the exit code for that. */
    static int tell(PolicyInvalid invalid, CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        invalid.problems().forEach(problem -> err.println(invalid.name() + ": " + problem));
        return 1;
    }
}
