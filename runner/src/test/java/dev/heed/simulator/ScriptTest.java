package dev.heed.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Evaluation;
import dev.heed.event.Interaction;
import dev.heed.event.PairedResult;
import dev.heed.event.Signal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final long START_MS = 1_000_000;
    private static final Pace PACE = Pace.demo(30_000);

    @Test
    void itDoesNotMatterHowOftenTheScriptIsAsked() {
        List<Publication> atOnce = script(1).until(START_MS + PACE.durationMs());
        Script stepped = script(1);
        List<Publication> inSteps = new ArrayList<>();
        for (long now = START_MS; now <= START_MS + PACE.durationMs(); now += 37) {
            inSteps.addAll(stepped.until(now));
        }
        inSteps.addAll(stepped.until(START_MS + PACE.durationMs()));

        assertThat(told(inSteps)).isEqualTo(told(atOnce)).hasSizeGreaterThan(3_000);
        assertThat(told(script(2).until(START_MS + PACE.durationMs()))).isNotEqualTo(told(atOnce));
    }

    @Test
    void someVerdictsComeBeforeTheirInteraction() {
        Set<String> interactions = new HashSet<>();
        int early = 0;
        int signals = 0;
        for (Publication told : script(1).until(START_MS + PACE.durationMs())) {
            if (told.value() instanceof Interaction interaction) {
                interactions.add(interaction.getInteractionId());
            } else if (told.value() instanceof Signal signal && told.sort() == Publication.Sort.EVENT) {
                signals++;
                early += interactions.contains(signal.getInteractionId()) ? 0 : 1;
            }
        }
        assertThat(early).isBetween(signals / 100, signals / 15);
    }

    @Test
    void aRepeatIsTheSameRecordAtTheSameTime() {
        Map<String, Object> first = new HashMap<>();
        int repeats = 0;
        for (Publication told : script(1).until(START_MS + PACE.durationMs())) {
            told.happensAt(START_MS + first.size());
            if (told.value() instanceof Signal signal) {
                if (told.sort() == Publication.Sort.DUPLICATE) {
                    repeats++;
                    assertThat(told.value()).isSameAs(first.get(signal.getEventId()));
                }
                first.putIfAbsent(signal.getEventId(), signal);
            }
        }
        assertThat(repeats).isPositive();
    }

    @Test
    void everyKindOfInputGetsPoisonInTime() {
        Set<Channel> poisoned = script(1).until(START_MS + PACE.durationMs()).stream()
                .filter(told -> told.sort() == Publication.Sort.POISON)
                .map(Publication::channel)
                .collect(Collectors.toSet());

        assertThat(poisoned)
                .isEqualTo(EnumSet.of(
                        Channel.INTERACTIONS,
                        Channel.SIGNALS,
                        Channel.FEEDBACK,
                        Channel.RATERS,
                        Channel.CONSENTS,
                        Channel.POLICIES,
                        Channel.EVALUATIONS,
                        Channel.ACTIONS));
    }

    @Test
    void theReleaseIsBetterOnOneSliceAndWorseOnAnother() {
        Release release = new Release(new StudyBuddy(1, "t"));
        Map<String, Double> means = new HashMap<>();
        int measured = 0;
        for (int i = 0; i < release.results(); i++) {
            for (Publication told : release.result(i).stream().toList()) {
                PairedResult result = ((Evaluation) Objects.requireNonNull(told.value())).getResult();
                means.merge(result.getSlice(), result.getDifferenceMicros() / 1e6 / 220, Double::sum);
                measured++;
            }
        }
        assertThat(measured).isBetween(release.results() - 20, release.results() - 1);
        assertThat(means.get("age:under-10")).isGreaterThan(.08);
        assertThat(means.get("lang:de")).isBetween(-.05, .15);
        assertThat(means.get("topic:chemistry")).isLessThan(-.15);
    }

    private static Script script(long seed) {
        return new Script(new StudyBuddy(seed, "t"), PACE, START_MS);
    }

    private static List<String> told(List<Publication> publications) {
        return publications.stream()
                .map(p -> p.channel() + " " + p.key() + " " + p.sort() + " " + p.value())
                .toList();
    }
}
