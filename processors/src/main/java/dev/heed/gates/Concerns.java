package dev.heed.gates;

import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Blocker;
import dev.heed.fact.FactHeader;
import dev.heed.journal.Concern;
import dev.heed.state.HeldConcern;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The concerns that stand, by what they are about. */
public final class Concerns {
    /** A model whose answers a concern is about. */
    public static final String MODEL = "model";
    /** A slice. */
    public static final String SLICE = "slice";
    /** A question. */
    public static final String QUESTION = "question";
    /** A dataset. */
    public static final String DATASET = "dataset";

    /** Most concerns looked at about one thing; that there is one at all is what matters. */
    private static final int MAX_LOOKED_AT = 64;

    private Concerns() {}

    /** One that stands about the thing and was heard of after the offset of the journal. */
    public static Optional<Concern> find(
            StateReader state, Blocker blocker, String sort, String name, long afterOffset) {
        return state.withPrefix(GateKeys.about(blocker, sort, name), HeldConcern.class, MAX_LOOKED_AT).stream()
                .map(StateReader.Entry::value)
                .filter(held -> held.getSinceOffset() > afterOffset)
                .map(HeldConcern::getConcern)
                .findFirst();
    }

    /** Holds a concern that began, and forgets one that ended. */
    public static void apply(State state, FactHeader header, Concern concern) {
        HeldConcern held = new HeldConcern(concern, header.getJournalOffset());
        keys(concern, key -> {
            if (!concern.getOpen()) {
                state.delete(key);
            } else if (state.get(key, HeldConcern.class) == null) {
                state.put(key, held);
            }
        });
    }

    private static void keys(Concern concern, Consumer<String> each) {
        keys(concern, MODEL, concern.getModels(), each);
        keys(concern, SLICE, concern.getSlices(), each);
        keys(concern, QUESTION, concern.getQuestions(), each);
        keys(concern, DATASET, concern.getDatasets(), each);
    }

    private static void keys(Concern concern, String sort, List<String> names, Consumer<String> each) {
        for (String name : names) {
            each.accept(GateKeys.about(concern.getBlocker(), sort, name, concern.getConcernId()));
        }
    }
}
