package dev.heed.items.rows;

import static dev.heed.items.ItemsPolicies.PREFERENCE;
import static dev.heed.items.rows.RowStory.balance;
import static dev.heed.items.rows.RowStory.cap;
import static dev.heed.items.rows.RowStory.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Blocker;
import dev.heed.event.RaterStatus;
import dev.heed.event.Split;
import dev.heed.fact.PolicyInstalled;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowClaim;
import dev.heed.fact.SeatChanged;
import dev.heed.fact.VersionsFact;
import dev.heed.guarantee.DatasetsKeepTheirRules;
import dev.heed.guarantee.LogView;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.GatesEvent;
import dev.heed.math.KeyedHash;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatasetRulesTest {
    private static final long HASH = 0x0123_4567_89ab_cdefL;
    private static final long FAR = ~HASH;

    /** Most rows of a line asked in the wake of one event. */
    private static final int MAX_SERVED = 32;
    /** Most prompts that share a band. */
    private static final int MAX_PER_BUCKET = 256;

    private RowStory story = new RowStory(rule().build());

    private void given(DatasetRule.Builder rule) {
        story = new RowStory(rule.build());
    }

    @AfterEach
    void lawsHold() {
        story.check();
    }

    @Test
    void onlySlicesThatAreInMakeRows() {
        given(rule().setSlices(List.of("maths", "physics")).setSlicesOut(List.of("children")));
        story.judged("i1", 0, "v1", "A", "maths");
        story.judged("i2", 0, "v1", "A", "jokes");
        story.judged("i3", 0, "v1", "A", "children", "physics");
        story.judged("i4", 0, "v1", "A");
        assertThat(story.news()).containsExactly("ADD i1 JUDGED");
        story.inForce(2, rule().setSlicesOut(List.of("maths")).build());
        assertThat(story.news())
                .containsExactly(
                        "RETRACT i1 POLICY_CHANGED",
                        "ADD i2 POLICY_CHANGED",
                        "ADD i3 POLICY_CHANGED",
                        "ADD i4 POLICY_CHANGED");
    }

    @Test
    void aRowGoesAtOnceWhenARaterBehindItIsSuspended() {
        given(rule().setSuspendedLabels(false));
        story.judged("i1", 0, "v1", "A");
        story.interaction("i2", 0, "v1");
        story.judge("i2", "sam", "A");
        story.interaction("i3", 0, "v1");
        story.judge("i3", "rita", "A");
        story.judge("i3", "sam", "A");
        assertThat(story.news()).containsExactly("ADD i1 JUDGED", "ADD i2 JUDGED", "ADD i3 JUDGED");
        story.standing("rita", RaterStatus.PROBATION);
        assertThat(story.news()).isEmpty();
        story.standing("rita", RaterStatus.SUSPENDED);
        assertThat(story.news())
                .as("in the transaction of the standing")
                .containsExactly("RETRACT i1 RATER_SUSPENDED", "RETRACT i3 RATER_SUSPENDED");
        story.judge("i1", "ada", "A");
        assertThat(story.news()).as("rita's label is still behind it").isEmpty();
        story.standing("rita", RaterStatus.PROBATION);
        assertThat(story.news()).containsExactly("ADD i1 RATER_STANDING", "ADD i3 RATER_STANDING");
    }

    @Test
    void aRowNeedsLabelsOfActiveRaters() {
        given(rule().setMinActiveLabels(2));
        story.judged("i1", 0, "v1", "A");
        assertThat(blocker("i1")).isEqualTo(new RowBlocker(RowBlock.RATERS, ""));
        story.judge("i1", "sam", "A");
        assertThat(story.news())
                .as("nobody is tested here, so all are active")
                .containsExactly("ADD i1 JUDGMENT_REVISED");
        story.standing("sam", RaterStatus.PROBATION);
        assertThat(story.news()).containsExactly("RETRACT i1 RATER_STANDING");
        story.standing("sam", RaterStatus.ACTIVE);
        assertThat(story.news()).containsExactly("ADD i1 RATER_STANDING");
        story.consent("i1", 2, false);
        story.standing("sam", RaterStatus.SUSPENDED);
        assertThat(story.news()).containsExactly("RETRACT i1 CONSENT_WITHDRAWN");
    }

    @Test
    void aStandingReachesManyRowsWithinTicks() {
        given(rule().setSuspendedLabels(false));
        for (int i = 0; i < Rows.MAX_ITEMS_PER_TICK + 1; i++) {
            story.judged("i" + i, 0, "v1", "A");
        }
        story.news();
        story.standing("rita", RaterStatus.SUSPENDED);
        assertThat(story.news()).hasSize(Rows.MAX_ITEMS_PER_TICK);
        story.tick();
        assertThat(story.news()).containsExactly("RETRACT i9 RATER_SUSPENDED");
        assertThat(story.versions().tickAfter(1_000)).isEmpty();
    }

    @Test
    void theFirstOfNearPromptsKeepsTheRow() {
        given(rule().setDuplicateBits(3));
        story.judged("i1", HASH, "v1", "A");
        story.judged("i2", HASH ^ 0b111, "v1", "A");
        story.judged("i3", HASH, "v1", "B");
        story.judged("i4", HASH ^ 0b1111, "v1", "A");
        assertThat(story.news()).as("i4 is 4 bits away from i1").containsExactly("ADD i1 JUDGED", "ADD i4 JUDGED");
        story.judge("i1", "sam", "TIE");
        assertThat(story.news())
                .as("i2 is one bit away from i4, so i3 is the next in line that fits")
                .containsExactly("RETRACT i1 LABEL_ADDED", "ADD i3 ROOM");
        story.consent("i4", 2, false);
        assertThat(story.news()).as("i2 is near i3").containsExactly("RETRACT i4 CONSENT_WITHDRAWN");
        story.consent("i3", 2, false);
        assertThat(story.news()).containsExactly("RETRACT i3 CONSENT_WITHDRAWN", "ADD i2 ROOM");
    }

    @Test
    void aDatasetHasOneRowOfAPromptHoweverManyPartitionsHaveIt() {
        story = new RowStory(4, 0, rule().setDuplicateBits(3).build());
        for (int i = 0; i < 12; i++) {
            story.judged("i" + i, HASH ^ i % 2, "v1", "A");
        }
        assertThat(story.news()).containsExactly("ADD i0 JUDGED");
        assertThat(story.items("i0")).isNotSameAs(story.items("i1"));
        assertThat(blocker("i1")).isEqualTo(new RowBlocker(RowBlock.DUPLICATE, "TRAIN " + Long.toHexString(HASH)));
        story.consent("i0", 2, false);
        assertThat(story.news()).containsExactly("RETRACT i0 CONSENT_WITHDRAWN", "ADD i1 ROOM");
    }

    @Test
    void anAnswerToAnEarlierQuestionSaysNothing() {
        given(cap(RowSource.MODEL, 1));
        story.delay();
        story.judged("i1", 0, "v1", "A");
        assertThat(claims("i1").get(0).getBlocker()).isEqualTo(new RowBlocker(RowBlock.ASKED, ""));
        story.consent("i1", 2, false);
        story.consent("i1", 3, true);
        assertThat(story.news()).as("it waits for its dataset").isEmpty();
        story.deliver();
        assertThat(story.news()).containsExactly("ADD i1 CONSENT_GRANTED");
        assertThat(claims("i1").get(0).getNumber())
                .as("the second time it asked")
                .isEqualTo(2);
    }

    @Test
    void aRowThatStandsStaysUntilItsDatasetHasLookedAtItUnderTheFirstRule() {
        given(rule());
        story.judged("i1", 0, "v1", "A");
        story.judged("i2", 0, "v1", "A");
        story.news();
        story.delay();
        story.inForce(2, cap(RowSource.MODEL, 1).build());
        assertThat(story.news()).isEmpty();
        story.deliver();
        assertThat(story.news()).containsExactly("RETRACT i2 POLICY_CHANGED");
    }

    @Test
    void onlyTheSameHashIsADuplicateAtDistanceZero() {
        given(rule().setDuplicateBits(0));
        story.judged("i1", HASH, "v1", "A");
        story.judged("i2", HASH ^ 1, "v1", "A");
        story.judged("i3", HASH, "v1", "A");
        story.judged("i4", 0, "v1", "A");
        story.judged("i5", 0, "v1", "A");
        assertThat(story.news())
                .as("the hash 0 says nothing of a prompt")
                .containsExactly("ADD i1 JUDGED", "ADD i2 JUDGED", "ADD i4 JUDGED", "ADD i5 JUDGED");
    }

    @Test
    void aPromptToTrainOnWaitsForOneThatIsHeldOutAndNearAndTheOtherWayRound() {
        story = new RowStory(1, 0.5, rule().setHoldoutBits(3).build());
        String held = onSide(Split.HOLDOUT, "");
        String train = onSide(Split.TRAIN, "");
        String alike = onSide(Split.TRAIN, train);
        story.judged(held, HASH, "v1", "A");
        story.judged(train, HASH ^ 0b111, "v1", "A");
        assertThat(story.news()).containsExactly("ADD " + held + " JUDGED");
        assertThat(blocker(train)).isEqualTo(new RowBlocker(RowBlock.DUPLICATE, "HOLDOUT " + Long.toHexString(HASH)));
        story.consent(held, 2, false);
        assertThat(story.news()).containsExactly("RETRACT " + held + " CONSENT_WITHDRAWN", "ADD " + train + " ROOM");
        // Two to train on may be alike; the one held out now waits for both.
        story.judged(alike, HASH ^ 0b111, "v1", "A");
        story.consent(held, 3, true);
        assertThat(story.news()).containsExactly("ADD " + alike + " JUDGED");
        story.consent(train, 2, false);
        assertThat(story.news()).containsExactly("RETRACT " + train + " CONSENT_WITHDRAWN");
        story.consent(alike, 2, false);
        assertThat(story.news()).containsExactly("RETRACT " + alike + " CONSENT_WITHDRAWN", "ADD " + held + " ROOM");
    }

    @Test
    void aRowThatChangesSidesMakesRoomAndNeedsIt() {
        story = new RowStory(1, 0.5, rule().setHoldoutBits(3).build());
        String train = onSide(Split.TRAIN, "");
        String held = onSide(Split.HOLDOUT, train);
        story.judged(held, HASH, "v1", "A");
        story.judged(train, HASH ^ 1, "v1", "A");
        assertThat(story.news()).containsExactly("ADD " + held + " JUDGED");
        assertThat(story.items(held).sent(Channel.GATES_JOURNAL, GatesEvent.class))
                .isEmpty();
        share(2, 0);
        assertThat(story.news())
                .as("it asks before it comes in on the other side")
                .containsExactly(
                        "RETRACT " + held + " POLICY_CHANGED",
                        "ADD " + held + " POLICY_CHANGED",
                        "ADD " + train + " ROOM");
        assertThat(story.items(held).sent(Channel.GATES_JOURNAL, GatesEvent.class))
                .as("what was held out is trained on")
                .extracting(event -> event.getConcern().getBlocker())
                .containsOnly(Blocker.CONTAMINATION);
        share(3, 0.5);
        assertThat(story.news()).hasSize(1).allMatch(news -> news.startsWith("RETRACT"));
    }

    private void share(int version, double holdout) {
        Policy policy = story.policy(version, rule().setHoldoutBits(3).build());
        policy.setHoldoutMicros(Math.round(holdout * 1_000_000));
        story.inForce(policy);
    }

    /** Name of an item, behind another in the order of a sweep, whose prompt is on a side when one half is held out. */
    private static String onSide(Split side, String after) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "n" + i)
                .filter(id -> id.compareTo(after) > 0)
                .filter(id -> (KeyedHash.unit(ItemsTrial.SEED, "holdout", "cluster-of-" + id) < 0.5)
                        == (side == Split.HOLDOUT))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manyDuplicatesCostNoMoreThanOne() {
        given(rule().setDuplicateBits(0));
        for (int i = 0; i < 3 * MAX_SERVED; i++) {
            story.judged("i" + i, HASH, "v1", "A");
        }
        int before = story.versions().facts(SeatChanged.class).size();
        story.consent("i0", 2, false);
        assertThat(story.news()).containsExactly("ADD i0 JUDGED", "RETRACT i0 CONSENT_WITHDRAWN", "ADD i1 ROOM");
        assertThat(story.versions().facts(SeatChanged.class)).hasSize(before + 2);
        assertThat(story.versions().tickAfter(1_000)).isEmpty();
    }

    @Test
    void aLineThatMovesToAnotherHolderDoesSoInSteps() {
        given(rule().setDuplicateBits(3));
        int near = MAX_SERVED + 10;
        story.judged("first", HASH, "v1", "A");
        story.judged("second", HASH ^ 1, "v1", "A");
        for (int i = 0; i < near; i++) {
            story.judged("i" + i, HASH, "v1", "A");
        }
        int before = story.versions().facts(SeatChanged.class).size();
        story.consent("first", 2, false);
        assertThat(story.versions().facts(SeatChanged.class)).hasSize(before + 1 + MAX_SERVED);
        story.tick();
        assertThat(story.versions().facts(SeatChanged.class)).hasSize(before + 2 + near);
        assertThat(story.versions().tickAfter(1_000)).isEmpty();
        assertThat(story.news())
                .containsExactly("ADD first JUDGED", "RETRACT first CONSENT_WITHDRAWN", "ADD second ROOM");
        assertThat(blocker("i3")).isEqualTo(new RowBlocker(RowBlock.DUPLICATE, "TRAIN " + Long.toHexString(HASH ^ 1)));
    }

    @Test
    void aBandTakesABoundedNumberOfPrompts() {
        given(rule().setDuplicateBits(0));
        for (int i = 0; i <= MAX_PER_BUCKET; i++) {
            story.judged("i" + i, (long) i << 16 | (long) (i + 1) << 32 | (long) (i + 2) << 48 | 7, "v1", "A");
        }
        assertThat(story.news()).hasSize(MAX_PER_BUCKET);
        assertThat(blocker("i" + MAX_PER_BUCKET)).isEqualTo(new RowBlocker(RowBlock.CROWDED, "0-7"));
        story.consent("i9", 2, false);
        assertThat(story.news()).containsExactly("RETRACT i9 CONSENT_WITHDRAWN", "ADD i" + MAX_PER_BUCKET + " ROOM");
    }

    @Test
    void aSourceHasACap() {
        given(cap(RowSource.MODEL, 2));
        for (String id : List.of("i1", "i2", "i3", "i4")) {
            story.judged(id, 0, "v1", "A");
        }
        story.judged("i5", 0, "v2", "A");
        assertThat(story.news()).containsExactly("ADD i1 JUDGED", "ADD i2 JUDGED", "ADD i5 JUDGED");
        assertThat(blocker("i3")).isEqualTo(new RowBlocker(RowBlock.SOURCE, "TRAIN MODEL m@v1"));
        story.consent("i3", 2, false);
        story.consent("i1", 2, false);
        assertThat(story.news())
                .as("i3 has left the line")
                .containsExactly("RETRACT i1 CONSENT_WITHDRAWN", "ADD i4 ROOM");
        story.consent("i1", 3, true);
        story.consent("i3", 3, true);
        assertThat(story.news()).as("they are last in line now").isEmpty();
    }

    @Test
    void aRowCountsForEachOfItsSlices() {
        given(cap(RowSource.SLICE, 1));
        story.judged("i1", 0, "v1", "A", "maths", "physics");
        story.judged("i2", 0, "v1", "A", "maths");
        story.judged("i3", 0, "v1", "A", "physics");
        story.judged("i4", 0, "v1", "A");
        assertThat(story.news()).containsExactly("ADD i1 JUDGED", "ADD i4 JUDGED");
        story.consent("i1", 2, false);
        assertThat(story.news()).containsExactly("RETRACT i1 CONSENT_WITHDRAWN", "ADD i2 ROOM", "ADD i3 ROOM");
    }

    @Test
    void classesAreHeldInBalance() {
        given(balance(2, "A", "B"));
        for (String id : List.of("i1", "i2", "i3", "i4", "i5")) {
            story.judged(id, 0, "v1", "A");
        }
        assertThat(story.news()).containsExactly("ADD i1 JUDGED", "ADD i2 JUDGED");
        assertThat(blocker("i3")).isEqualTo(new RowBlocker(RowBlock.CLASS, "TRAIN A"));
        story.judged("i6", 0, "v1", "B");
        assertThat(story.news()).as("two for each, and there is one").containsExactly("ADD i6 JUDGED");
        story.judged("i7", 0, "v1", "B");
        assertThat(story.news()).containsExactly("ADD i7 JUDGED", "ADD i3 ROOM", "ADD i4 ROOM");
        story.consent("i7", 2, false);
        assertThat(story.news()).as("rows that stand do so").containsExactly("RETRACT i7 CONSENT_WITHDRAWN");
        story.consent("i1", 2, false);
        assertThat(story.news()).as("3 to 1 is still too many").containsExactly("RETRACT i1 CONSENT_WITHDRAWN");
    }

    @Test
    void aRowThatChangesItsClassNeedsRoomThere() {
        given(balance(1, "A", "B"));
        story.judged("i1", 0, "v1", "A");
        story.judged("i2", 0, "v1", "B");
        story.judged("i3", 0, "v1", "A");
        assertThat(story.news()).containsExactly("ADD i1 JUDGED", "ADD i2 JUDGED");
        story.judge("i2", "sam", "A");
        assertThat(story.news()).as("there is one A already").containsExactly("RETRACT i2 LABEL_ADDED");
        story.judge("i3", "sam", "B");
        assertThat(story.news()).as("and now there is a B").containsExactly("ADD i3 JUDGMENT_REVISED");
    }

    @Test
    void aStricterPolicyTakesRowsAndALooserOneBringsThemBack() {
        given(rule());
        story.judged("i1", HASH, "v1", "A");
        story.judged("i2", HASH ^ 1, "v1", "A");
        story.judged("i3", FAR, "v1", "B");
        story.judged("i4", HASH, "v1", "A");
        story.news();
        story.inForce(2, rule().setDuplicateBits(1).build());
        assertThat(story.news()).containsExactly("RETRACT i2 POLICY_CHANGED", "RETRACT i4 POLICY_CHANGED");
        story.inForce(3, rule().setDuplicateBits(0).build());
        assertThat(story.news()).containsExactly("ADD i2 POLICY_CHANGED");
        story.inForce(4, cap(RowSource.LANGUAGE, 1).build());
        assertThat(story.news()).containsExactly("RETRACT i2 POLICY_CHANGED", "RETRACT i3 POLICY_CHANGED");
        story.inForce(5);
        assertThat(story.news())
                .containsExactly("ADD i2 POLICY_CHANGED", "ADD i3 POLICY_CHANGED", "ADD i4 POLICY_CHANGED");
        assertThat(claims("i1")).isEmpty();
        assertThat(story.versions().state().entries().keySet().stream()
                        .filter(key -> key.startsWith("seat") || key.startsWith("line") || key.startsWith("near")))
                .as("without a rule nothing is kept but the next place in line")
                .hasSize(1);
    }

    @Test
    void aRowWithoutASeatAndSeatsWithoutRoomAreFound() {
        given(cap(RowSource.MODEL, 2));
        story.judged("i1", 0, "v1", "A");
        story.judged("i2", 0, "v1", "A");
        LogView noSeats = channel -> channel == Channel.VERSIONS_FACTS ? List.of() : story.records(channel);
        assertThat(new DatasetsKeepTheirRules().breaches(noSeats))
                .contains("row i1|preference|preference came in on question 1 (expected: after its dataset gave it a"
                        + " seat)");
        VersionsFact first = (VersionsFact) Objects.requireNonNull(
                story.records(Channel.VERSIONS_FACTS).get(0).value());
        VersionsFact stricter = VersionsFact.newBuilder()
                .setHeader(first.getHeader())
                .setPolicyInstalled(new PolicyInstalled(
                        story.policy(1, cap(RowSource.MODEL, 1).build())))
                .build();
        List<LogView.Logged> facts = new ArrayList<>(story.records(Channel.VERSIONS_FACTS));
        facts.set(0, new LogView.Logged("versions.facts", 0, 0, "policy-1", stricter));
        LogView oneTooMany = channel -> channel == Channel.VERSIONS_FACTS ? facts : story.records(channel);
        assertThat(new DatasetsKeepTheirRules().breaches(oneTooMany))
                .containsExactly("row i2|preference|preference stands beside 1 of source MODEL m@v1 (expected: fewer"
                        + " than 1)");
    }

    private List<RowClaim> claims(String id) {
        return story.items(id).question(id, PREFERENCE).getClaims();
    }

    private RowBlocker blocker(String id) {
        return Objects.requireNonNull(claims(id).get(0).getBlocker());
    }
}
