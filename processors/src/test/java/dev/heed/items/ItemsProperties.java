package dev.heed.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.fact.EventParked;
import dev.heed.fact.EventRefused;
import dev.heed.guarantee.RowsFollowConsentAndJudgment;
import dev.heed.guarantee.StateDifference;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.state.HeldLabel;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Laws of the items stage over any history. */
class ItemsProperties {
    private static final double HOLDOUT = 0.4;
    private static final long AGES_MS = 30L * 24 * 60 * 60 * 1000;

    private static ItemsTrial trial() {
        return new ItemsTrial(ItemsPolicies.everyKind()
                .setHoldoutMicros(Math.round(HOLDOUT * 1_000_000))
                .setExplorationMicros(300_000)
                .build());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void everyLawHolds(@ForAll("histories") History history) {
        ItemsTrial items = trial();
        for (int at = 0; at < history.acts().size(); at++) {
            history.play(items, at);
        }
        items.check();
        new RowsMatchOracle(HOLDOUT).check(items);
        new LevelsNeverFall().check(items);
    }

    /** As many histories as {@code -Djqwik.tries.default} says. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tag("slow")
    void rowsAreTheOraclesOverManyHistories(@ForAll("histories") History history) {
        ItemsTrial items = trial();
        for (int at = 0; at < history.acts().size(); at++) {
            history.play(items, at);
        }
        new RowsMatchOracle(HOLDOUT).check(items);
        new RowsFollowConsentAndJudgment().check(items);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void slotsAreNeverOverdrawnAndNobodyCountsTwice(@ForAll("histories") History history) {
        ItemsTrial items = trial();
        Policy policy = ItemsPolicies.everyKind().build();
        for (int at = 0; at < history.acts().size(); at++) {
            history.play(items, at);
            for (Item item : items.stage().state().entries().values().stream()
                    .filter(Item.class::isInstance)
                    .map(Item.class::cast)
                    .toList()) {
                item.getQuestions().forEach(held -> {
                    Question question = Objects.requireNonNull(Questions.find(policy, held.getQuestionId()));
                    assertThat(Slots.used(held)).isLessThanOrEqualTo(question.getMaxRaters() + held.getExtraSlots());
                    assertThat(held.getExtraSlots())
                            .as("an appeal is for two, and one senior is asked where the question names any")
                            .isBetween(0, (held.getAppeals() == 0 ? 0 : 2) + (Seniors.areNamed(question) ? 1 : 0));
                    assertThat(raters(held)).doesNotHaveDuplicates();
                    assertThat(-held.getWanted())
                            .as("leases beyond what was asked for: %s", held)
                            .isLessThanOrEqualTo(
                                    held.getRaters().size() + held.getLeases().size());
                });
            }
        }
    }

    private static List<String> raters(ItemQuestion held) {
        List<String> raters = new ArrayList<>();
        for (HeldLabel label : held.getRaters()) {
            if (label.getStatus() == LabelStatus.COUNTED) {
                raters.add(label.getLabel().getRaterId());
            }
        }
        held.getLeases().forEach(lease -> raters.add(lease.getRaterId()));
        return raters;
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void repeatsChangeNothing(@ForAll("histories") History any) {
        History history = new History(any.acts().stream()
                .filter(act -> act.kind() != History.Kind.REPEAT && act.kind() != History.Kind.BELIEF)
                .toList());
        ItemsTrial once = trial();
        ItemsTrial repeated = trial();
        Set<Integer> accepted = new HashSet<>();
        for (int at = 0; at < history.acts().size(); at++) {
            history.play(once, at);
            int undecidedBefore = undecided(repeated);
            history.play(repeated, at);
            History.Act act = history.acts().get(at);
            if (act.kind() == History.Kind.TICK) {
                continue;
            }
            if (History.isPublic(act.kind()) && undecided(repeated) == undecidedBefore) {
                accepted.add(at);
            }
            history.play(repeated, at);
        }
        // A long time later everything that was acted on comes once more.
        accepted.forEach(at -> history.play(repeated, at));
        // What still waits knows its place in the input, which is not the same in both.
        once.tickAfter(AGES_MS);
        repeated.tickAfter(AGES_MS);
        assertThat(StateDifference.between(
                        repeated.stage().state(), once.stage().state()))
                .isEmpty();
        assertThat(sent(repeated)).isEqualTo(sent(once));
    }

    /** Events refused or put to wait: a repeat of one that was refused, or given up, is news. */
    private static int undecided(ItemsTrial items) {
        return items.facts(EventRefused.class).size()
                + items.facts(EventParked.class).size();
    }

    /** All that leaves the stage but facts and dead letters, of which repeats have their own. */
    private static List<Outgoing> sent(ItemsTrial items) {
        List<Outgoing> sent = new ArrayList<>();
        for (Channel channel : List.of(
                Channel.TRIAGE,
                Channel.ESCALATIONS,
                Channel.JUDGMENTS,
                Channel.DATASET_LOG,
                Channel.CALIBRATION_JOURNAL)) {
            sent.addAll(items.stage().sent(channel));
        }
        return sent;
    }

    @Provide
    Arbitrary<History> histories() {
        return History.any();
    }
}
