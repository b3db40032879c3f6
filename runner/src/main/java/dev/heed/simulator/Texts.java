package dev.heed.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is asked and answered in one language, made from templates.
 *
 * @param openings before a question
 * @param closings after it
 * @param topics per school subject
 * @param behaviours faulty answers, per behaviour
 * @param critiques what a reviewer writes of an answer, per behaviour
 * @param reports what a parent writes
 */
record Texts(
        List<String> openings,
        List<String> closings,
        Map<String, Topic> topics,
        Map<String, List<String>> behaviours,
        Map<String, List<String>> critiques,
        List<String> reports) {
    private static final int LARGEST_NUMBER = 97;

    record Topic(List<String> words, List<String> ask, List<String> answer) {}

    /** What fills the gaps of the templates, the same in question and answer. */
    record Gaps(int n, int m, String x) {
        String fill(String template) {
            return template.replace("{n}", Integer.toString(n))
                    .replace("{m}", Integer.toString(m))
                    .replace("{x}", x);
        }
    }

    /** The texts of a language that ships with the simulator. */
    static Texts of(String language) {
        String name = "/studybuddy/" + language + ".yaml";
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name)) {
            return new ObjectMapper(new YAMLFactory()).readValue(in, Texts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    Gaps gaps(Draw draw, String topic) {
        return new Gaps(
                2 + draw.below(LARGEST_NUMBER),
                2 + draw.below(LARGEST_NUMBER),
                draw.pick(topic(topic).words()));
    }

    String question(Draw draw, String topic, Gaps gaps) {
        return gaps.fill(draw.pick(openings) + draw.pick(topic(topic).ask()) + draw.pick(closings));
    }

    String answer(Draw draw, String topic, Gaps gaps, Behaviour behaviour) {
        List<String> faulty = behaviours.get(behaviour.key());
        return gaps.fill(draw.pick(faulty == null ? topic(topic).answer() : faulty));
    }

    String critique(Draw draw, Behaviour behaviour) {
        return draw.pick(Objects.requireNonNull(critiques.get(behaviour.key()), behaviour.key()));
    }

    private Topic topic(String name) {
        return Objects.requireNonNull(topics.get(name), name);
    }
}
