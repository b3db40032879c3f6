package dev.heed.runner;

import dev.heed.embedded.StartException;
import dev.heed.text.KeyRefused;
import dev.heed.topology.TopicsRefused;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The heed command. Exit code 0 for success, 1 for failure, 2 for wrong usage. */
@Command(
        name = "heed",
        description = "The human-feedback loop of an AI product as an event-sourced stream on Kafka.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Heed.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
public final class Heed {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show log messages and the stack trace of a failure (also: HEED_DEBUG=1).")
    private boolean verbose;

    private Heed() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs the command and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Heed heed = new Heed();
        CommandLine line = new CommandLine(heed);
        Commands.ALL.forEach(line::addSubcommand);
        ServiceLoader.load(Subcommand.class).forEach(line::addSubcommand);
        line.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true).setAbbreviatedOptionsAllowed(false);
        line.setExecutionStrategy(parsed -> {
            Logs.start(heed.isVerbose());
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setParameterExceptionHandler((wrong, given) -> wrongUsage(wrong));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command, heed.isVerbose()));
        int code = line.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    private boolean isVerbose() {
        String debug = System.getenv("HEED_DEBUG");
        return verbose || (debug != null && !debug.isEmpty() && !debug.equals("0"));
    }

    private static int wrongUsage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("heed: " + oneLine(wrong) + " (see " + name + " --help)");
        return WRONG_USAGE;
    }

    private static int failed(Exception failure, CommandLine command, boolean verbose) {
        if (failure instanceof ParameterException wrong) {
            return wrongUsage(wrong);
        }
        command.getErr().println("heed: " + oneLine(failure));
        if (verbose) {
            failure.printStackTrace(command.getErr());
        } else if (!explainsItself(failure)) {
            command.getErr().println("heed: run it again with --verbose for the details");
        }
        return FAILED;
    }

    /** True for failures whose message alone says what was found and what was expected. */
    private static boolean explainsItself(Throwable failure) {
        return failure instanceof Failure
                || failure instanceof ParameterException
                || failure instanceof StartException
                || failure instanceof TopicsRefused
                || failure instanceof KeyRefused;
    }

    private static String oneLine(Throwable failure) {
        @Nullable String message = failure.getMessage();
        String text = message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : explainsItself(failure) ? message : failure.getClass().getSimpleName() + ": " + message;
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Heed.class.getPackage().getImplementationVersion();
            return new String[] {"heed " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
