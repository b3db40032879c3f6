package dev.heed.runner.cluster;

import dev.heed.event.Action;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who acts, which is recorded with what they do. */
public final class ActorOption {
    @Option(
            names = "--actor",
            paramLabel = "NAME",
            description = "Who acts (also: HEED_ACTOR; default: the name of the system's user).")
    private @Nullable String actor;

    /** The name given, else that of the environment, else that of the system's user. */
    public String name() {
        String name = actor != null ? actor : System.getenv("HEED_ACTOR");
        return name != null && !name.isBlank() ? name : System.getProperty("user.name");
    }

    /** An action of theirs, made now, under an id of its own. */
    public Action.Builder action(String target) {
        return Action.newBuilder()
                .setEventId("action-" + UUID.randomUUID())
                .setTargetId(target)
                .setActor(name())
                .setOccurredAtMs(InstantSource.system().millis());
    }
}
