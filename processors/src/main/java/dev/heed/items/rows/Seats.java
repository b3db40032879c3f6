package dev.heed.items.rows;

import dev.heed.core.Records;
import dev.heed.event.RaterKind;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowSeat;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.RowSource;
import dev.heed.policy.SourceCap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The place of a row in a dataset that has a rule: a pure function of the two. */
final class Seats {
    private Seats() {}

    /** What the row counts as; what it waits for, if anything, is not said. */
    static RowSeat of(DatasetRule rule, Row row) {
        ClassBalance balance = rule.getClassBalance();
        String className = row.judgment().getClassName();
        return new RowSeat(
                row.id(),
                row.dataset(),
                row.split(),
                rule.getDuplicateBits() == null && rule.getHoldoutBits() == null
                        ? 0
                        : row.item().getInteraction().getSimhash(),
                sources(rule, row),
                balance != null && balance.getClasses().contains(className) ? className : "",
                DatasetRules.mindsRaters(rule) ? people(row) : List.of(),
                null,
                0L);
    }

    /** The seat of a row that waits. */
    static RowSeat waiting(RowSeat seat, RowBlocker blocker, long sequence) {
        return Records.with(seat, changed -> {
            changed.setBlocker(blocker);
            changed.setSequence(sequence);
        });
    }

    /** Whether the row counts as the same, be it that one of the two waits. */
    static boolean countsAs(RowSeat held, RowSeat seat) {
        return standing(held).equals(standing(seat));
    }

    /** The seat if its row stands in it, or null. */
    static @Nullable RowSeat taken(@Nullable RowSeat seat) {
        return seat == null || seat.getBlocker() != null ? null : seat;
    }

    /** The places whose rows are counted: one for each source, and one for the class; none without a seat. */
    static List<RowBlocker> counted(@Nullable RowSeat seat) {
        List<RowBlocker> counted = new ArrayList<>();
        if (seat == null) {
            return counted;
        }
        seat.getSources().forEach(source -> counted.add(counted(RowBlock.SOURCE, seat, source)));
        if (!seat.getClassName().isEmpty()) {
            counted.add(counted(RowBlock.CLASS, seat, seat.getClassName()));
        }
        return counted;
    }

    /** A source or class of the seat's side. */
    static RowBlocker counted(RowBlock block, RowSeat seat, String name) {
        return new RowBlocker(block, seat.getSplit().name() + " " + name);
    }

    private static RowSeat standing(RowSeat seat) {
        return Records.with(seat, changed -> {
            changed.setBlocker(null);
            changed.setSequence(0);
        });
    }

    /** A text that a rater wrote comes from where the answer comes from that it is about. */
    private static List<String> sources(DatasetRule rule, Row row) {
        InteractionAccepted interaction = row.item().getInteraction();
        List<CandidateFeatures> behind = behind(interaction, row.answers());
        TreeSet<String> sources = new TreeSet<>();
        for (SourceCap cap : rule.getSourceCaps()) {
            names(cap.getSource(), interaction, behind).forEach(name -> sources.add(name(cap.getSource(), name)));
        }
        return new ArrayList<>(sources);
    }

    /** Name of a source: its kind and which of the kind. */
    static String name(RowSource source, String name) {
        return source.name() + " " + name;
    }

    private static Stream<String> names(
            RowSource source, InteractionAccepted interaction, List<CandidateFeatures> behind) {
        return switch (source) {
            case MODEL -> behind.stream().map(each -> each.getModelId() + "@" + each.getModelVersion());
            case TEMPLATE -> behind.stream().map(CandidateFeatures::getTemplateVersion);
            case SLICE -> interaction.getSlices().stream();
            case LANGUAGE -> Stream.of(interaction.getLanguage());
            case UNKNOWN -> Stream.of();
        };
    }

    private static List<CandidateFeatures> behind(InteractionAccepted interaction, Answers answers) {
        List<CandidateFeatures> behind = new ArrayList<>();
        for (int i = 0; i < interaction.getCandidates().size(); i++) {
            CandidateFeatures each = interaction.getCandidates().get(i);
            boolean about = answers.proposal() != null && answers.proposal().getCandidate() == i;
            if (about
                    || each.getPart().equals(answers.chosen())
                    || each.getPart().equals(answers.rejected())) {
                behind.add(each);
            }
        }
        return behind;
    }

    private static List<String> people(Row row) {
        return row.judgment().getLabels().stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .map(SubmittedLabel::getRaterId)
                .distinct()
                .sorted()
                .toList();
    }
}
