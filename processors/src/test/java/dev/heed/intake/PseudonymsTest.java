package dev.heed.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Interaction;
import dev.heed.journal.ConsentAccepted;
import dev.heed.journal.SubjectsEvent;
import dev.heed.out.DeadLetter;
import dev.heed.out.PseudonymKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What intake calls a subject, before and after an erasure. */
class PseudonymsTest {
    private final IntakeTrial trial = new IntakeTrial();
    private long nowMs = Samples.NOW_MS;

    @Test
    void anErasureIsToldUnderTheOldNameAndWhatFollowsUnderANewOne() {
        String before = nameOf(interaction("i-1"));
        Intake.Outcome erased = say("gone", ConsentKind.ERASE);
        ConsentAccepted granted = consent(say("back", ConsentKind.GRANT, ConsentScope.TRAIN));

        assertThat(consent(erased).getSubject()).isEqualTo(before);
        assertThat(keys(erased)).hasSize(1).allSatisfy(each -> assertThat(each.value())
                .isNotNull());
        assertThat(granted.getSubject()).isNotEqualTo(before).isEqualTo(nameOf(interaction("i-2")));
        assertThat(keys(say("more", ConsentKind.WITHDRAW, ConsentScope.TRAIN)))
                .as("only an erasure renews")
                .isEmpty();
        assertThat(consent(say("gone-again", ConsentKind.ERASE)).getSubject()).isEqualTo(granted.getSubject());
        assertThat(nameOf(interaction("i-3"))).isNotIn(before, granted.getSubject());
    }

    @Test
    void anotherTaskUsesTheOldNameUntilTheProcessHasReadTheNewLeaf() {
        String before = nameOf(interaction("i-1"));
        Intake.Outcome erased = say("gone", ConsentKind.ERASE);
        String after = nameOf(interaction("i-2"));
        SubjectNames other = new SubjectNames(IntakeTrial.SEED, trial.known);

        assertThat(other.of(new MemoryState(), kim())).isEqualTo(before);
        read(keys(erased));
        assertThat(other.of(new MemoryState(), kim())).isEqualTo(after);
    }

    @Test
    void whatWasSaidBeforeAnErasureAndWaitedLongerIsNotKeptUnderTheNewName() {
        Intake.Outcome erased = say("gone", ConsentKind.ERASE);
        read(keys(erased));
        say("back", ConsentKind.GRANT, ConsentScope.TRAIN);

        Intake.Outcome late = interaction("i-late", Samples.NOW_MS - 1);
        assertThat(late.end()).isEqualTo(Intake.End.DEAD_LETTER);
        assertThat(late.outgoing()).extracting(Outgoing::channel).containsExactly(Channel.DEAD_LETTERS);
        DeadLetter letter = IntakeTrial.letter(late);
        assertThat(letter.getReasonCode()).isEqualTo("subject_erased");
        assertThat(letter.getBytes()).isNull();
        assertThat(letter.getContentKey()).isNull();

        assertThat(interaction("i-new", Samples.NOW_MS).end()).isEqualTo(Intake.End.ACCEPTED);
    }

    @Test
    void whenASubjectWasErasedIsForgottenInTheSecondRound() {
        read(keys(say("gone", ConsentKind.ERASE)));
        nowMs += IntakeTrial.HEARTBEAT_MS - 1_000;
        readRound();
        assertThat(interaction("i-1", Samples.NOW_MS - 1).end()).isEqualTo(Intake.End.DEAD_LETTER);
        nowMs += IntakeTrial.HEARTBEAT_MS;
        readRound();
        assertThat(interaction("i-2", Samples.NOW_MS - 1).end()).isEqualTo(Intake.End.ACCEPTED);
    }

    private void readRound() {
        for (List<Outgoing> next = tick(); !next.isEmpty(); next = tick()) {
            read(next);
        }
    }

    @Test
    void theRootIsSplitOnceAndNoMoreUntilTheSplitIsRead() {
        List<Outgoing> topic = new ArrayList<>(keys(say("gone", ConsentKind.ERASE)));
        assertThat(tick()).as("nothing is read yet").isEmpty();
        read(topic);
        List<Outgoing> split = tick();
        assertThat(split).hasSize(66).last().satisfies(last -> assertThat(last.value())
                .isEqualTo(new PseudonymKey(null, 1L, 0L)));
        assertThat(split.get(64).value())
                .as("the node goes after what comes instead")
                .isNull();

        List<Outgoing> second = keys(trial.receive(PublicInput.CONSENTS, "ann", consentOf("ann", "ann-gone")));
        read(second);
        assertThat(tick()).as("the process still knows the root").isEmpty();
        read(split);
        assertThat(tick()).as("a smaller part of the tree").hasSizeBetween(3, 65);
    }

    @Test
    void oneTaskWritesNodesAndEachItsOwnLeaves() {
        MemoryState state = new MemoryState();
        SubjectNames names = new SubjectNames(IntakeTrial.SEED, trial.known);
        KeyUpkeep other = new KeyUpkeep(trial.known, false, 1_000);
        other.at(state, nowMs);
        Outgoing leaf = names.renew(state, kim(), nowMs - 1_001);
        read(List.of(leaf));

        assertThat(other.at(state, nowMs + 999)).isEmpty();
        List<Outgoing> again = other.at(state, nowMs + 1_000);
        assertThat(again).extracting(Outgoing::key).containsExactly(leaf.key());
        assertThat(again.get(0).value()).as("wrapped anew").isNotEqualTo(leaf.value());
        String name = names.of(state, kim());
        read(again);
        assertThat(names.of(new MemoryState(), kim())).as("the same leaf").isEqualTo(name);
    }

    @Test
    void aLeafThatTheTopicLostIsWrittenAgainAtTheNextStart() {
        MemoryState state = new MemoryState();
        SubjectNames names = new SubjectNames(IntakeTrial.SEED, trial.known);
        KeyUpkeep upkeep = new KeyUpkeep(trial.known, false, 1_000);
        upkeep.at(state, nowMs);
        Outgoing lost = names.renew(state, kim(), nowMs);
        String after = names.of(state, kim());
        assertThat(upkeep.at(state, nowMs + 1)).isEmpty();
        assertThat(name(kim())).as("a node above gives the old one").isNotEqualTo(after);

        KeyUpkeep next = new KeyUpkeep(trial.known, false, 1_000);
        List<Outgoing> again = next.at(state, nowMs + 2);
        assertThat(again).extracting(Outgoing::key).containsExactly(lost.key());
        read(again);
        assertThat(name(kim())).isEqualTo(after);
        assertThat(names.isErased(kim(), nowMs - 1)).isTrue();
        assertThat(tick()).as("and the way to the old one is cut").hasSize(66);
        assertThat(next.at(state, nowMs + 3)).isEmpty();
    }

    @Test
    void aLeafThatIsWrittenAnewBeforeItIsReadStillSaysWhatItEnds() {
        MemoryState state = new MemoryState();
        SubjectNames names = new SubjectNames(IntakeTrial.SEED, trial.known);
        KeyUpkeep upkeep = new KeyUpkeep(trial.known, false, 1_000);
        upkeep.at(state, nowMs);
        List<Outgoing> topic = new ArrayList<>(List.of(names.renew(state, kim(), nowMs + 999)));
        topic.addAll(upkeep.at(state, nowMs + 1_000));
        assertThat(topic).hasSize(2);

        read(topic);
        assertThat(names.isErased(kim(), nowMs + 998)).isTrue();
        assertThat(names.isErased(kim(), nowMs + 999)).isFalse();
    }

    @Test
    void inEachRoundEverythingIsWrittenOnceInTheOrderOfItsKeys() {
        List<String> subjects = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            subjects.add("subject-" + i);
            read(keys(trial.receive(PublicInput.CONSENTS, "subject-" + i, consentOf("subject-" + i, "gone-" + i))));
            read(tick());
            read(tick());
        }
        List<String> names = subjects.stream().map(this::name).toList();
        nowMs += IntakeTrial.HEARTBEAT_MS;
        List<String> keys = new ArrayList<>();
        for (List<Outgoing> next = tick(); !next.isEmpty(); next = tick()) {
            next.stream()
                    .filter(each -> each.value() != null)
                    .map(Outgoing::key)
                    .forEach(keys::add);
            read(next);
        }
        List<String> leaves = keys.stream().filter(key -> key.startsWith("65")).toList();
        List<String> nodes = keys.stream().filter(key -> !key.startsWith("65")).toList();
        assertThat(leaves).hasSize(3).isSorted();
        assertThat(nodes).hasSizeGreaterThan(100).isSorted().doesNotHaveDuplicates();
        assertThat(subjects.stream().map(this::name)).isEqualTo(names);
    }

    private String name(String subject) {
        return new SubjectNames(IntakeTrial.SEED, trial.known).of(new MemoryState(), subject);
    }

    private void read(List<Outgoing> records) {
        records.forEach(each -> trial.known.read(each.key(), (PseudonymKey) each.value()));
    }

    private List<Outgoing> tick() {
        nowMs += 1_000;
        return trial.intake.tick(trial.state, nowMs).stream()
                .filter(each ->
                        each.channel() == Channel.PSEUDONYM_KEYS && !each.key().equals("heartbeat"))
                .toList();
    }

    private static List<Outgoing> keys(Intake.Outcome outcome) {
        return IntakeTrial.to(Channel.PSEUDONYM_KEYS, outcome);
    }

    private Intake.Outcome interaction(String id) {
        return interaction(id, Samples.NOW_MS);
    }

    private Intake.Outcome interaction(String id, long occurredAtMs) {
        Interaction sample = (Interaction) Samples.of(PublicInput.INTERACTIONS);
        Interaction event = Interaction.newBuilder(sample)
                .setEventId("e-" + id)
                .setInteractionId(id)
                .setOccurredAtMs(occurredAtMs)
                .build();
        return trial.receive(PublicInput.INTERACTIONS, id, event);
    }

    private Intake.Outcome say(String eventId, ConsentKind kind, ConsentScope... scopes) {
        Consent event = new Consent(eventId, kim(), kind, List.of(scopes), Samples.NOW_MS, "");
        return trial.receive(PublicInput.CONSENTS, kim(), event);
    }

    private static Consent consentOf(String subject, String eventId) {
        return new Consent(eventId, subject, ConsentKind.ERASE, List.of(), Samples.NOW_MS, "");
    }

    private static String kim() {
        return ((Interaction) Samples.of(PublicInput.INTERACTIONS)).getSubjectId();
    }

    private static String nameOf(Intake.Outcome outcome) {
        return event(outcome).getRegistered().getSubject();
    }

    private static ConsentAccepted consent(Intake.Outcome outcome) {
        return event(outcome).getConsent();
    }

    private static SubjectsEvent event(Intake.Outcome outcome) {
        return (SubjectsEvent) Objects.requireNonNull(
                IntakeTrial.to(Channel.SUBJECTS_JOURNAL, outcome).get(0).value());
    }
}
