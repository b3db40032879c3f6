package dev.heed.items.rows;

import dev.heed.event.Dataset;
import dev.heed.event.FeedbackKind;
import dev.heed.items.Questions;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.Part;
import dev.heed.math.Micros;
import dev.heed.out.Judgment;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts that a judgment makes rows of, whatever its belief: one row of most shapes, or one for each pair ranked. */
final class RowTexts {
    private final Question question;
    private final Judgment judgment;
    private final List<CandidateFeatures> candidates;

    private RowTexts(Question question, Item item, Judgment judgment) {
        this.question = question;
        this.judgment = judgment;
        this.candidates = item.getInteraction().getCandidates();
    }

    /** What the rows of a dataset are made of; nothing when the class makes no row of this shape. */
    static List<Answers> of(Dataset dataset, Question question, Item item, Judgment judgment) {
        RowTexts texts = new RowTexts(question, item, judgment);
        if (texts.place() < 0) {
            return List.of(); // The policy gave the question other classes since.
        }
        return switch (dataset) {
            case PREFERENCE -> texts.preferences();
            case SFT -> texts.demonstrations();
            case BINARY -> texts.marks();
            case GUARDRAIL -> texts.ranks() ? List.of() : List.of(texts.answers(0, null));
            // A critique is text of a rater, which judgments do not carry.
            case CRITIQUE, UNKNOWN -> List.of();
        };
    }

    private List<Answers> preferences() {
        if (ranks()) {
            return pairs();
        }
        boolean compares = question.getKind() == FeedbackKind.PREFERENCE && candidates.size() >= 2;
        return compares && place() < 2
                ? List.of(new Answers(part(place()), part(1 - place()), null, "", beliefMicros()))
                : List.of();
    }

    /** Each pair of ranked candidates, with the probability that the stronger is the better one. */
    private List<Answers> pairs() {
        List<Long> strengths = judgment.getStrengthsMicros();
        List<Answers> pairs = new ArrayList<>();
        for (int better = 0; better < Math.min(strengths.size(), candidates.size()); better++) {
            for (int worse = 0; worse < Math.min(strengths.size(), candidates.size()); worse++) {
                if (strengths.get(better) > strengths.get(worse)) {
                    long both = strengths.get(better) + strengths.get(worse);
                    long share = strengths.get(better) * Micros.ONE / both;
                    pairs.add(new Answers(part(better), part(worse), null, name(better, worse), share));
                }
            }
        }
        return pairs;
    }

    /** A pair is one row whichever way it goes. */
    private static String name(int one, int other) {
        return Math.min(one, other) + "-" + Math.max(one, other);
    }

    private List<Answers> demonstrations() {
        boolean chooses = ranks() || question.getKind() == FeedbackKind.PREFERENCE;
        int chosen = chooses ? place() : 0;
        boolean isCandidate = ranks() || chosen < 2;
        return isCandidate && chosen < candidates.size() ? List.of(answers(chosen, null)) : List.of();
    }

    /** The first class marks an answer as good; of classes in an order, the upper half. */
    private List<Answers> marks() {
        int classes = question.getClasses().size();
        boolean good = Questions.isOrdered(question) ? 2 * place() >= classes : place() == 0;
        return ranks() ? List.of() : List.of(answers(0, good));
    }

    private boolean ranks() {
        return question.getKind() == FeedbackKind.RANKING;
    }

    private Answers answers(int candidate, @Nullable Boolean good) {
        return new Answers(part(candidate), null, good, "", beliefMicros());
    }

    private Part part(int candidate) {
        return candidates.get(candidate).getPart();
    }

    private int place() {
        return question.getClasses().indexOf(judgment.getClassName());
    }

    private long beliefMicros() {
        return judgment.getBeliefMicros().get(judgment.getClasses().indexOf(judgment.getClassName()));
    }
}
