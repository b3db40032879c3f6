package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.guarantee.NothingLost;
import dev.heed.intake.PublicInput;
import dev.heed.topology.TopicSpec.Cleanup;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicCatalogTest {
    @Test
    void everyChannelIsInTheTableOnce() {
        assertThat(TopicCatalog.all()).extracting(TopicSpec::channel).containsExactly(Channel.values());
    }

    @Test
    void namesCarryPrefixAndVersion() {
        assertThat(TopicCatalog.of(Channel.ITEMS_JOURNAL).name("acme")).isEqualTo("acme.items.journal.v1");
    }

    @Test
    void theWorldWritesThePublicInputsAndNothingElse() {
        List<Channel> inputs =
                Arrays.stream(PublicInput.values()).map(PublicInput::channel).toList();
        assertThat(inputs).containsExactlyInAnyOrderElementsOf(NothingLost.INPUTS);
        assertThat(TopicCatalog.all())
                .filteredOn(spec -> spec.writers().isEmpty())
                .extracting(TopicSpec::channel)
                .containsExactlyElementsOf(inputs);
        for (PublicInput input : PublicInput.values()) {
            assertThat(TopicCatalog.of(input.channel()).value()).isEqualTo(input.type());
        }
    }

    @Test
    void journalsAndFactsHaveTheSchemasOfTheirStages() {
        for (Stage stage : LoopTopology.stages(new byte[LoopSettings.MIN_SEED_BYTES])) {
            assertThat(TopicCatalog.of(stage.journal()).value().getName())
                    .isEqualTo(stage.journalSchema().getFullName());
            assertThat(TopicCatalog.of(stage.facts()).value().getName())
                    .isEqualTo(stage.factSchema().getFullName());
            assertThat(TopicCatalog.of(stage.facts()).writers()).containsExactly(stage.name());
            // Gates count attempts in one place for all partitions; nobody else is to talk to itself.
            assertThat(TopicCatalog.of(stage.journal()).writers().contains(stage.name()))
                    .as(stage.name())
                    .isEqualTo(stage.name().equals("gates"));
        }
    }

    @Test
    void whatReplayNeedsIsNeverThrownAway() {
        assertThat(TopicCatalog.all())
                .filteredOn(spec -> spec.channel().baseName().matches(".*\\.(journal|facts)|dataset-log"))
                .hasSize(14)
                .allMatch(spec -> spec.cleanup() == Cleanup.DELETE && spec.retentionMs() == TopicSpec.FOREVER);
    }

    @Test
    void plainTextOfPeopleIsNotKeptForEver() {
        assertThat(TopicCatalog.all())
                .filteredOn(spec -> spec.writers().isEmpty() || spec.channel() == Channel.DEAD_LETTERS)
                .allMatch(spec -> spec.retentionMs() > 0);
    }
}
