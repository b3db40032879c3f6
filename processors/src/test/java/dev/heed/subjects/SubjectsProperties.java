package dev.heed.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.InteractionIndexed;
import dev.heed.subjects.fanout.FanOutFeature;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.avro.specific.SpecificRecord;

/** Laws of the consent ledger over any history. */
class SubjectsProperties {
    private static final ConsentScope[][] SCOPES = {
        {ConsentScope.TRAIN}, {ConsentScope.REVIEW, ConsentScope.TRAIN}, {ConsentScope.RETAIN}
    };

    private enum Kind {
        REGISTER,
        REGISTER_MANY,
        GRANT,
        WITHDRAW,
        ERASE,
        REPEAT,
        TICK
    }

    private record Act(Kind kind, int subject, int number) {}

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyInteractionIsFinallyToldTheLatestEpoch(@ForAll("histories") List<Act> history) {
        SubjectsTrial trial = play(history);
        for (int i = 0; i < 100 && !trial.stage().tickAfter(1_000).isEmpty(); i++) {
            // ticks until nothing is left to do
        }
        Map<String, ConsentDecided> believed = new TreeMap<>();
        trial.told()
                .forEach(told ->
                        believed.merge(told.getInteractionId(), told, (a, b) -> b.getEpoch() > a.getEpoch() ? b : a));
        for (InteractionIndexed indexed : trial.stage().facts(InteractionIndexed.class)) {
            var latest = Ledger.consent(trial.stage().state(), indexed.getSubject());
            assertThat(believed.get(indexed.getInteractionId()))
                    .isEqualTo(Ledger.decided(
                            latest, indexed.getSubject(), indexed.getInteractionId(), indexed.getEpoch()));
        }
        assertThat(trial.stage().state().entries().keySet())
                .noneMatch(key -> key.startsWith("fan-out\0") || key.startsWith("turn\0"));
        trial.stage().checkReplay();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void epochsNeverFallForAnInteractionAndOneEpochSaysOneThing(@ForAll("histories") List<Act> history) {
        SubjectsTrial trial = play(history);
        Map<String, Long> epochs = new TreeMap<>();
        Set<String> erased = new HashSet<>();
        Map<String, ConsentDecided> said = new TreeMap<>();
        for (ConsentDecided told : trial.told()) {
            boolean gone = !erased.add(told.getInteractionId());
            if (!told.getErased()) {
                erased.remove(told.getInteractionId());
                assertThat(gone).as("what was gone is back").isFalse();
            }
            Long before = epochs.put(told.getInteractionId(), told.getEpoch());
            assertThat(before == null || before < told.getEpoch()).isTrue();
            ConsentDecided other = said.putIfAbsent(
                    told.getSubject() + "|" + told.getEpoch() + (told.getErased() ? "|erased" : ""), told);
            if (other != null) {
                assertThat(List.of(told.getReview(), told.getTrain(), told.getRetain()))
                        .isEqualTo(List.of(other.getReview(), other.getTrain(), other.getRetain()));
            }
        }
    }

    private static SubjectsTrial play(List<Act> history) {
        SubjectsTrial trial = new SubjectsTrial();
        for (int i = 0; i < history.size(); i++) {
            Act act = history.get(i);
            List<SpecificRecord> facts = play(trial, act, i);
            int bound = FanOutFeature.MAX_FAN_OUTS_PER_TICK * FanOutFeature.MAX_INTERACTIONS_PER_STEP;
            assertThat(facts.stream().filter(ConsentDecided.class::isInstance)).hasSizeLessThanOrEqualTo(bound);
        }
        return trial;
    }

    private static List<SpecificRecord> play(SubjectsTrial trial, Act act, int at) {
        String subject = "subject-" + act.subject();
        ConsentScope[] scopes = SCOPES[act.number() % SCOPES.length];
        return switch (act.kind()) {
            case REGISTER -> trial.register(subject, subject + "-" + act.number());
            case REGISTER_MANY -> {
                IntStream.range(0, FanOutFeature.MAX_INTERACTIONS_PER_STEP)
                        .forEach(i -> trial.register(subject, subject + "-" + at + "-" + i));
                yield List.of();
            }
            case GRANT -> trial.say(subject, "c" + at, ConsentKind.GRANT, scopes);
            case WITHDRAW -> trial.say(subject, "c" + at, ConsentKind.WITHDRAW, scopes);
            case REPEAT -> trial.say(subject, "c" + act.number() % (at + 1), ConsentKind.GRANT, scopes);
            case ERASE -> trial.say(subject, "c" + at, ConsentKind.ERASE);
            case TICK -> trial.stage().tickAfter(1_000);
        };
    }

    @Provide
    Arbitrary<List<Act>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(8, Kind.REGISTER),
                Tuple.of(2, Kind.REGISTER_MANY),
                Tuple.of(3, Kind.GRANT),
                Tuple.of(2, Kind.WITHDRAW),
                Tuple.of(1, Kind.ERASE),
                Tuple.of(1, Kind.REPEAT),
                Tuple.of(3, Kind.TICK));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 50))
                .as(Act::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
