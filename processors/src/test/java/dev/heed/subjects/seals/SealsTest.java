package dev.heed.subjects.seals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.StageTrial;
import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Dataset;
import dev.heed.fact.SealForwarded;
import dev.heed.fact.SealHeld;
import dev.heed.journal.ConsentAccepted;
import dev.heed.journal.InteractionRegistered;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.SealMarker;
import dev.heed.journal.SealRequested;
import dev.heed.subjects.SubjectsStage;
import dev.heed.subjects.fanout.FanOutFeature;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealsTest {
    private final StageTrial trial = new StageTrial(SubjectsStage.create());
    private int consents;

    @AfterEach
    void theJournalDecidesTheSameAgain() {
        trial.checkReplay();
    }

    @Test
    void aSealGoesToEveryPartitionOfItemsWithTheNamesOfBoth() {
        assertThat(seal(7)).hasSize(1).first().isInstanceOf(SealForwarded.class);

        List<Outgoing> sent = trial.sent(Channel.ITEMS_JOURNAL);
        assertThat(sent).extracting(Outgoing::destination).containsOnly(Destination.EXACT_PARTITION);
        assertThat(sent).extracting(Outgoing::partitionKey).containsExactly("0", "1", "2");
        assertThat(markers())
                .containsExactly(
                        new SealMarker("seal-7", Dataset.SFT, 7L, 1, 0, 3),
                        new SealMarker("seal-7", Dataset.SFT, 7L, 1, 1, 3),
                        new SealMarker("seal-7", Dataset.SFT, 7L, 1, 2, 3));
    }

    @Test
    void aSealWaitsUntilAWithdrawalBeforeItHasReachedEveryInteraction() {
        register("ann", FanOutFeature.MAX_INTERACTIONS_PER_STEP + 10);
        withdraw("ann");

        assertThat(seal(7)).hasSize(1).first().isInstanceOf(SealHeld.class);
        assertThat(markers()).isEmpty();
        trial.tickAfter(1_000);

        List<Outgoing> sent = trial.sent(Channel.ITEMS_JOURNAL);
        assertThat(sent.subList(sent.size() - 3, sent.size()))
                .as("the markers are behind everything the withdrawal sent")
                .allMatch(each -> event(each).getSeal() != null);
        assertThat(markers()).hasSize(3);
    }

    @Test
    void aNewerConsentDoesNotLetTheSealPassTheOneBeforeIt() {
        register("ann", FanOutFeature.MAX_INTERACTIONS_PER_STEP + 10);
        withdraw("ann");
        seal(7);
        say("ann", ConsentKind.GRANT);

        assertThat(markers()).isEmpty();
        trial.tickAfter(1_000);
        assertThat(markers()).hasSize(3);
    }

    @Test
    void aSealDoesNotWaitForAWithdrawalThatCameAfterIt() {
        register("ann", FanOutFeature.MAX_INTERACTIONS_PER_STEP + 10);
        register("bob", 2 * FanOutFeature.MAX_INTERACTIONS_PER_STEP + 10);
        withdraw("ann");
        seal(7);
        withdraw("bob");

        trial.tickAfter(1_000);
        assertThat(markers()).as("bob's takes two more steps").hasSize(3);
    }

    @Test
    void sealsKeepTheirOrder() {
        register("ann", FanOutFeature.MAX_INTERACTIONS_PER_STEP + 10);
        withdraw("ann");
        for (long sequence = 1; sequence <= Seals.MAX_PER_STEP + 1; sequence++) {
            seal(sequence);
        }
        trial.tickAfter(1_000);
        assertThat(trial.facts(SealForwarded.class)).hasSize(Seals.MAX_PER_STEP);
        assertThat(seal(50)).as("one before it waits").first().isInstanceOf(SealHeld.class);
        trial.tickAfter(1_000);

        assertThat(trial.facts(SealForwarded.class))
                .extracting(each -> each.getSeal().getSequence())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 50L);
    }

    private List<SpecificRecord> seal(long sequence) {
        return trial.sendPublic("sft", new SealRequested("seal-" + sequence, "ops", Dataset.SFT, sequence, 1, 3));
    }

    private void register(String subject, int interactions) {
        for (int i = 0; i < interactions; i++) {
            String id = subject + "-%04d".formatted(i);
            trial.sendPublic(subject, new InteractionRegistered("e-" + id, id, subject));
        }
    }

    private void withdraw(String subject) {
        say(subject, ConsentKind.WITHDRAW);
    }

    private void say(String subject, ConsentKind kind) {
        trial.sendPublic(
                subject,
                new ConsentAccepted("consent-" + consents++, subject, kind, List.of(ConsentScope.TRAIN), 0L, ""));
    }

    private List<SealMarker> markers() {
        return trial.sent(Channel.ITEMS_JOURNAL).stream()
                .map(each -> event(each).getSeal())
                .filter(Objects::nonNull)
                .toList();
    }

    private static ItemsEvent event(Outgoing sent) {
        return (ItemsEvent) Objects.requireNonNull(sent.value());
    }
}
