package dev.heed.versions;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.fact.DatasetCut;
import dev.heed.fact.VersionsFact;
import dev.heed.journal.VersionsEvent;
import dev.heed.versions.cuts.Cuts;
import dev.heed.versions.cuts.OverdueSeals;
import dev.heed.versions.seats.Seating;
import java.util.List;
import java.util.Set;

/** The versions stage: what rows stand in a dataset, and its versions. Its journal's key is the dataset. */
public final class VersionsStage {
    private static final int HIGHEST_LEVEL = 1;

    private VersionsStage() {}

    public static Stage create() {
        return new Stage(
                "versions",
                Channel.VERSIONS_JOURNAL,
                VersionsEvent.getClassSchema(),
                Channel.VERSIONS_FACTS,
                VersionsFact.getClassSchema(),
                HIGHEST_LEVEL,
                Set.of(DatasetCut.class),
                List.of(new Cuts(), new OverdueSeals(), new Seating()));
    }
}
