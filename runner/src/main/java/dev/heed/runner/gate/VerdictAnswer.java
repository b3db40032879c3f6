package dev.heed.runner.gate;

import dev.heed.json.JsonWriter;
import dev.heed.out.GateVerdict;
import picocli.CommandLine.Model.CommandSpec;

/** A verdict as a command tells it: printed, and as an exit code that a pipeline can act on. */
final class VerdictAnswer {
    private static final int PASS = 0;
    private static final int FAIL = 3;
    private static final int INCONCLUSIVE = 4;
    private static final int REVOKED = 5;

    private VerdictAnswer() {}

    /** Prints the verdict, and returns its exit code: none is that of a command that failed or was used wrongly. */
    static int tell(GateVerdict verdict, boolean json, CommandSpec spec) {
        print(verdict, json, spec);
        return switch (verdict.getVerdict()) {
            case PASS -> PASS;
            case FAIL -> FAIL;
            case REVOKED -> REVOKED;
            case INCONCLUSIVE, UNKNOWN -> INCONCLUSIVE;
        };
    }

    static void print(GateVerdict verdict, boolean json, CommandSpec spec) {
        spec.commandLine().getOut().println(json ? JsonWriter.write(verdict) : GateReport.text(verdict));
    }
}
