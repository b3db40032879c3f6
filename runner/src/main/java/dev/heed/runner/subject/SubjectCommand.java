package dev.heed.runner.subject;

import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.ActorOption;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.replay.SecretOption;
import dev.heed.text.KeyRing;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says for data subjects what they allow, and erases what is theirs. */
@Command(name = "subject", description = "Show what a data subject allows, grant or withdraw it, or erase the subject.")
public final class SubjectCommand {
    private static final String ID = "The subject's id as producers send it.";
    private static final String SCOPES = "review, train or retain; at least one.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "grant", description = "Allow something, for what is there and for what comes.")
    int grant(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Parameters(paramLabel = "SCOPE", arity = "1..*", description = SCOPES) List<String> scopes,
            @Mixin ActorOption actor,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        return say(id, ConsentKind.GRANT, scopes(scopes), actor, options);
    }

    @Command(
            name = "withdraw",
            description = {
                "End something: of train, every row is retracted; of review, nobody is asked any more;",
                "of retain, the texts are erased, for good."
            })
    int withdraw(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Parameters(paramLabel = "SCOPE", arity = "1..*", description = SCOPES) List<String> scopes,
            @Mixin ActorOption actor,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        return say(id, ConsentKind.WITHDRAW, scopes(scopes), actor, options);
    }

    @Command(
            name = "erase",
            description = {
                "Erase the subject: every scope ends, every row is retracted, every text and its key are deleted.",
                "What the subject does afterwards is done under another pseudonym: as one who never said anything.",
                "Topics hold deleted text until they are compacted; docs/consent-and-erasure.md says how long."
            })
    int erase(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Mixin ActorOption actor,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        return say(id, ConsentKind.ERASE, List.of(), actor, options);
    }

    @Command(name = "show", description = "Say what the subject allows, and of how many interactions.")
    int show(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Mixin SecretOption secret,
            @Mixin ClusterOptions options) {
        PseudonymOf pseudonym = new PseudonymOf(options.cluster(), KeyRing.of(options.keys()));
        SubjectState state = SubjectState.read(options.cluster(), pseudonym.subject(secret.secret(options), id));
        if (!state.isKnown()) {
            throw new Failure("subject " + id
                    + " has no interaction and said nothing (expected: one that did, and was not erased since)");
        }
        state.lines().forEach(out()::println);
        return 0;
    }

    private int say(String id, ConsentKind kind, List<ConsentScope> scopes, ActorOption actor, ClusterOptions options)
            throws InterruptedException {
        Consent consent = new Consent(
                "consent-" + UUID.randomUUID(),
                id,
                kind,
                scopes,
                InstantSource.system().millis(),
                actor.name());
        long told = new ConsentAnswer(options.cluster()).to(consent);
        out().println(
                        told == 0
                                ? "recorded; no interaction of this subject is known, so it is for what comes"
                                : "recorded, and told to all interactions that are older: " + told);
        return 0;
    }

    private static List<ConsentScope> scopes(List<String> names) {
        List<ConsentScope> scopes = new ArrayList<>();
        for (String name : names) {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "review" -> scopes.add(ConsentScope.REVIEW);
                case "train" -> scopes.add(ConsentScope.TRAIN);
                case "retain" -> scopes.add(ConsentScope.RETAIN);
                default -> throw new Failure("scope: " + name + " (expected: review, train or retain)");
            }
        }
        return scopes;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
