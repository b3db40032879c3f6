package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Stage;
import dev.heed.fact.FactHeader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replay reads from the first bytes of a fact which journal record it answers. */
class FactsBeginWithTheirOffsetTest {
    static List<Stage> stages() {
        return LoopTopology.stages(new byte[LoopSettings.MIN_SEED_BYTES]);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void inEveryStage(Stage stage) {
        assertThat(stage.factSchema().getFields().get(0).schema()).isEqualTo(FactHeader.getClassSchema());
        assertThat(FactHeader.getClassSchema().getFields().get(0).name()).isEqualTo("journal_offset");
    }
}
