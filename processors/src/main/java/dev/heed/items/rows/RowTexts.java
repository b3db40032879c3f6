package dev.heed.items.rows;

import dev.heed.event.Dataset;
import dev.heed.event.FeedbackKind;
import dev.heed.fact.Proposal;
import dev.heed.items.Questions;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.Part;
import dev.heed.math.Micros;
import dev.heed.out.Judgment;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
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
    static List<Answers> of(Dataset dataset, Question question, Item item, ItemQuestion held, Judgment judgment) {
        RowTexts texts = new RowTexts(question, item, judgment);
        if (texts.place() < 0) {
            return List.of(); // The policy gave the question other classes since.
        }
        if (held.getProposal() != null) {
            return texts.ofProposal(dataset, held.getProposal());
        }
        return switch (dataset) {
            case PREFERENCE -> texts.preferences();
            case SFT -> texts.demonstrations();
            case BINARY -> texts.marks();
            case GUARDRAIL -> texts.ranks() ? List.of() : List.of(texts.answers(0, null));
            // A critique is text of a rater, which only a proposal carries.
            case CRITIQUE, UNKNOWN -> List.of();
        };
    }

    /**
     * An accepted edit is better than what it edits; an accepted edit or demonstration is an answer to learn from; an
     * accepted critique says what is wrong with an answer. What was taken back or not accepted makes no row.
     */
    private List<Answers> ofProposal(Dataset dataset, Proposal proposal) {
        if (proposal.getWithdrawn() || place() != 0 || proposal.getCandidate() >= candidates.size()) {
            return List.of();
        }
        FeedbackKind kind = proposal.getKind();
        Part text = proposal.getPart();
        Part original = part(proposal.getCandidate());
        if (dataset == Dataset.PREFERENCE && kind == FeedbackKind.EDIT) {
            return List.of(new Answers(text, original, null, null, "", beliefMicros(), proposal));
        }
        if (dataset == Dataset.SFT && (kind == FeedbackKind.EDIT || kind == FeedbackKind.DEMONSTRATION)) {
            return List.of(new Answers(text, null, null, null, "", beliefMicros(), proposal));
        }
        if (dataset == Dataset.CRITIQUE && kind == FeedbackKind.CRITIQUE) {
            return List.of(new Answers(original, null, text, null, "", beliefMicros(), proposal));
        }
        return List.of();
    }

    private List<Answers> preferences() {
        if (ranks()) {
            return pairs();
        }
        boolean compares = question.getKind() == FeedbackKind.PREFERENCE && candidates.size() >= 2;
        return compares && place() < 2
                ? List.of(Answers.pair(part(place()), part(1 - place()), "", beliefMicros()))
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
                    pairs.add(Answers.pair(part(better), part(worse), name(better, worse), share));
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
        return Answers.single(part(candidate), good, beliefMicros());
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
