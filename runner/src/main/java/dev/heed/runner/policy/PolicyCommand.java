package dev.heed.runner.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.policy.Policy;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.topology.policy.PolicyInvalid;
import dev.heed.topology.policy.PolicySchema;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks policy files and brings them into force. */
@Command(name = "policy", description = "Check a policy file, or bring it into force.")
public final class PolicyCommand {
    private static final String JSON = "Print one JSON object.";
    private static final Duration UNTIL_IN_FORCE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "check", description = "Check a policy file and name every problem. Exit code 1 if there is any.")
    int check(
            @Parameters(paramLabel = "FILE", description = "A policy in YAML.") Path file,
            @Option(names = "--json", description = JSON) boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Policy policy = PolicyFiles.read(file);
            if (json) {
                out.println(report(policy).put("valid", true));
                return 0;
            }
            out.printf(
                    "%s: policy %s, version %d, %d questions, %d pools: no problems%n",
                    file,
                    policy.getName(),
                    policy.getPolicyVersion(),
                    policy.getQuestions().size(),
                    policy.getPools().size());
            return 0;
        } catch (PolicyInvalid invalid) {
            return tell(invalid, json);
        }
    }

    @Command(name = "schema", description = "Print the JSON Schema of policy files.")
    int schema() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(PolicySchema.json());
        out.flush();
        return 0;
    }

    @Command(
            name = "publish",
            description = "Publish a policy file and wait until it is in force. Its version must be new.")
    int publish(
            @Parameters(paramLabel = "FILE", description = "A policy in YAML.") Path file,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions cluster)
            throws InterruptedException {
        try {
            Policy policy = PolicyFiles.read(file);
            PolicyInForce.publish(cluster.cluster(), policy, UNTIL_IN_FORCE);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(report(policy).put("in_force", true));
            } else {
                out.printf("policy version %d is in force%n", policy.getPolicyVersion());
            }
            return 0;
        } catch (PolicyInvalid invalid) {
            return tell(invalid, json);
        }
    }

    private static ObjectNode report(Policy policy) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("policy", policy.getName())
                .put("policy_version", policy.getPolicyVersion())
                .put("questions", policy.getQuestions().size())
                .put("pools", policy.getPools().size());
    }

    private int tell(PolicyInvalid invalid, boolean json) {
        if (json) {
            ObjectNode report = JsonNodeFactory.instance.objectNode().put("valid", false);
            invalid.problems().forEach(report.putArray("problems")::add);
            spec.commandLine().getOut().println(report);
        }
        PrintWriter err = spec.commandLine().getErr();
        invalid.problems().forEach(problem -> err.println(invalid.name() + ": " + problem));
        return 1;
    }
}
