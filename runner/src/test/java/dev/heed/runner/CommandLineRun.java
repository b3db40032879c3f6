package dev.heed.runner;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a run of {@code heed} printed and how it ended.
 *
 * @param code its exit code
 */
public record CommandLineRun(int code, String out, String err) {
    /** Runs the command in this process. */
    public static CommandLineRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Heed.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandLineRun(code, out.toString(), err.toString());
    }
}
