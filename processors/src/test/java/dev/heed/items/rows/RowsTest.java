package dev.heed.items.rows;

import static dev.heed.items.ItemsPolicies.PREFERENCE;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heed.core.Channel;
import dev.heed.event.Blocker;
import dev.heed.event.Dataset;
import dev.heed.event.RowCause;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.RowChanged;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.Concern;
import dev.heed.journal.GatesEvent;
import dev.heed.out.Delta;
import dev.heed.policy.RowRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final long[] A = {950_000, 40_000, 10_000};
    private static final long[] B = {40_000, 950_000, 10_000};
    private static final long[] TIE = {20_000, 30_000, 950_000};

    private ItemsTrial items = new ItemsTrial();
    private long version;

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void thereIsNoRowWithoutAGrant() {
        items.interaction("i1", 2);
        judgePreference("A", A);
        assertThat(deltas()).isEmpty();
        items.consent("i1", 1, false);
        assertThat(deltas()).isEmpty();
        items.consent("i1", 2, true);
        assertThat(summary())
                .containsExactly(
                        "ADD i1|preference|preference A 1 consent_granted",
                        "ADD i1|preference|sft A 1 consent_granted");
    }

    @Test
    void aWithdrawalTakesEveryRowAndAGrantBringsThemBack() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        items.consent("i1", 2, false);
        items.consent("i1", 2, true);
        items.consent("i1", 1, true);
        assertThat(summary())
                .containsExactly(
                        "ADD i1|preference|preference A 1 judged",
                        "ADD i1|preference|sft A 1 judged",
                        "RETRACT i1|preference|preference A 2 consent_withdrawn",
                        "RETRACT i1|preference|sft A 2 consent_withdrawn");
        judgePreference("B", B);
        assertThat(deltas()).as("a judgment grants nothing").hasSize(4);
        items.consent("i1", 3, true);
        assertThat(summary().subList(4, 6))
                .containsExactly(
                        "ADD i1|preference|preference B 3 consent_granted",
                        "ADD i1|preference|sft B 3 consent_granted");
    }

    @Test
    void theRowFollowsTheJudgment() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        assertThat(deltas().get(0).getChosenKey()).isEqualTo("i1|candidate/0");
        assertThat(deltas().get(0).getRejectedKey()).isEqualTo("i1|candidate/1");
        judgePreference("B", B);
        assertThat(deltas().get(2).getOp()).isEqualTo(RowOp.REVISE);
        assertThat(deltas().get(2).getChosenKey()).isEqualTo("i1|candidate/1");
        assertThat(deltas().get(2).getRejectedKey()).isEqualTo("i1|candidate/0");
        assertThat(deltas().get(3).getChosenKey())
                .as("sft takes the chosen one")
                .isEqualTo("i1|candidate/1");
        judgePreference("B", new long[] {90_000, 900_000, 10_000});
        assertThat(deltas()).as("surer or not, the row says the same").hasSize(4);
        judgePreference("TIE", TIE);
        assertThat(summary().subList(4, 6))
                .containsExactly(
                        "RETRACT i1|preference|preference B 3 judgment_revised",
                        "RETRACT i1|preference|sft B 3 judgment_revised");
    }

    @Test
    void aRowNeedsTheBeliefItsRuleAsksFor() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", new long[] {899_999, 100_001, 0});
        assertThat(deltas()).extracting(Delta::getDataset).containsExactly(Dataset.PREFERENCE);
        judgePreference("A", new long[] {900_000, 100_000, 0});
        assertThat(deltas()).extracting(Delta::getDataset).containsExactly(Dataset.PREFERENCE, Dataset.SFT);
        judgePreference("A", new long[] {490_000, 400_000, 110_000});
        assertThat(deltas()).filteredOn(delta -> delta.getOp() == RowOp.RETRACT).hasSize(2);
    }

    @Test
    void everyShapeOfRowIsMadeOfItsParts() {
        items = new ItemsTrial(ItemsPolicies.only(ItemsPolicies.violation()
                .setEscalates(false)
                .setMinRaters(1)
                .setRows(List.of(
                        new RowRule(Dataset.GUARDRAIL, List.of(), 0L),
                        new RowRule(Dataset.BINARY, List.of(), 0L),
                        new RowRule(Dataset.SFT, List.of("ok"), 0L),
                        new RowRule(Dataset.PREFERENCE, List.of(), 0L),
                        new RowRule(Dataset.CRITIQUE, List.of(), 0L)))
                .build()));
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        items.label("f1", "i1", "rita", "ok");
        items.belief("i1", VIOLATION, 1, 1, "f1", 999_000, 1_000);
        assertThat(deltas())
                .extracting(delta -> delta.getDataset() + " " + delta.getClassName() + " " + delta.getGood() + " "
                        + delta.getChosenKey() + " " + delta.getRejectedKey())
                .containsExactly(
                        "BINARY ok true i1|candidate/0 null",
                        "GUARDRAIL ok null i1|candidate/0 null",
                        "SFT ok null i1|candidate/0 null");
        items.label("f2", "i1", "rita", "violation");
        items.belief("i1", VIOLATION, 2, 1, "f2", 1_000, 999_000);
        assertThat(deltas().subList(3, 6))
                .extracting(delta -> delta.getOp() + " " + delta.getDataset() + " " + delta.getGood())
                .containsExactly("REVISE BINARY false", "REVISE GUARDRAIL null", "RETRACT SFT null");
    }

    @Test
    void aRowSaysWhereItComesFrom() {
        items.interaction("i1", 2);
        items.consent("i1", 7, true);
        items.sendPublic(
                "i1",
                ItemsTrial.signal("s1", "i1", "judge")
                        .setQuestionId(PREFERENCE)
                        .setClassName("A")
                        .build());
        judgePreference("A", A);
        assertThat(deltas().get(0).getProvenance()).satisfies(provenance -> {
            assertThat(provenance.getEventIds()).containsExactly("event-i1", "s1", "f1");
            assertThat(provenance.getRaterIds()).containsExactly("judge", "rita");
            assertThat(provenance.getJudgmentRevision()).isEqualTo(1);
            assertThat(provenance.getBeliefMicros()).isEqualTo(950_000);
            assertThat(provenance.getConsentEpoch()).isEqualTo(7);
            assertThat(provenance.getPolicyVersion()).isEqualTo(1);
            assertThat(provenance.getRubricVersion()).isEqualTo("r7");
            assertThat(provenance.getModelIds()).containsExactly("model-0", "model-1");
            assertThat(provenance.getModelVersions()).containsExactly("v0", "v1");
            assertThat(provenance.getTemplateVersions()).containsExactly("t0", "t1");
        });
        assertThat(items.stage().sent(Channel.DATASET_LOG).get(0).key()).isEqualTo("i1");
        assertThat(deltas().get(0).getPromptKey()).isEqualTo("i1|prompt");
        assertThat(deltas().get(0).getRowHash())
                .isEqualTo(
                        sha256("PREFERENCE\0hash-of-i1-prompt\0hash-of-i1-candidate/0\0hash-of-i1-candidate/1\0A\0"));
    }

    @Test
    void likePromptsAreOnOneSideAndAShareIsHeldOut() {
        items = new ItemsTrial(ItemsPolicies.policy().setHoldoutMicros(300_000).build());
        for (int i = 0; i < 200; i++) {
            for (String twin : List.of("a", "b")) {
                String id = "i" + i + twin;
                items.sendPublic(
                        id,
                        ItemsTrial.interaction("e" + id, id, 2)
                                .setPromptCluster("cluster-" + i)
                                .build());
                items.consent(id, 1, true);
                judgePreference(id, "f" + id, "A", A);
            }
        }
        List<Delta> rows = deltas().stream()
                .filter(delta -> delta.getDataset() == Dataset.PREFERENCE)
                .toList();
        for (int i = 0; i < rows.size(); i += 2) {
            assertThat(rows.get(i).getSplit()).isEqualTo(rows.get(i + 1).getSplit());
        }
        assertThat(rows.stream().filter(row -> row.getSplit() == Split.HOLDOUT).count())
                .isBetween(80L, 160L);
    }

    @Test
    void aKnownAnswerTrainsNobody() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        items.gold("g1", "i1", PREFERENCE, "A");
        assertThat(summary().subList(2, 4))
                .containsExactly("RETRACT i1|preference|preference A 2 gold", "RETRACT i1|preference|sft A 2 gold");
        items.goldBelief("i1", PREFERENCE, 99, 1_000_000, 0, 0);
        items.consent("i1", 2, true);
        assertThat(deltas()).hasSize(4);
    }

    @Test
    void anAnswerThatNobodyStandsBehindTrainsNobody() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        items.sendPublic(
                "i1",
                ItemsTrial.feedback("w1", "i1", "rita")
                        .setQuestionId(PREFERENCE)
                        .setWithdrawn(true)
                        .build());
        items.belief("i1", PREFERENCE, ++version, 0, "f1", A);
        assertThat(deltas()).filteredOn(delta -> delta.getOp() == RowOp.RETRACT).hasSize(2);
    }

    @Test
    void aRuleThatIsGoneTakesItsRowsAtTheNextOccasion() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        items.send(
                "policy-2",
                ItemsPolicies.policy()
                        .setEventId("policy-2")
                        .setPolicyVersion(2)
                        .setQuestions(List.of(ItemsPolicies.preference()
                                .setRows(List.of(new RowRule(Dataset.PREFERENCE, List.of("B"), 0L)))
                                .build()))
                        .build());
        items.consent("i1", 2, true);
        assertThat(summary().subList(2, 4))
                .containsExactly(
                        "RETRACT i1|preference|preference A 2 policy_changed",
                        "RETRACT i1|preference|sft A 2 policy_changed");
    }

    @Test
    void gatesAreToldWhenWhatWasTrainedOnIsHeldOut() {
        items = new ItemsTrial(ItemsPolicies.policy().setHoldoutMicros(0).build());
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        assertThat(items.sent(Channel.GATES_JOURNAL, GatesEvent.class)).isEmpty();
        items.send(
                "policy-2",
                ItemsPolicies.policy()
                        .setEventId("policy-2")
                        .setPolicyVersion(2)
                        .setHoldoutMicros(1_000_000)
                        .build());
        items.consent("i1", 2, true);
        assertThat(items.sent(Channel.GATES_JOURNAL, GatesEvent.class))
                .extracting(GatesEvent::getConcern)
                .extracting(Concern::getBlocker, Concern::getOpen, Concern::getDatasets, Concern::getDetail)
                .containsExactly(
                        tuple(
                                Blocker.CONTAMINATION,
                                true,
                                List.of("preference"),
                                "row i1|preference|preference went from train to holdout"),
                        tuple(
                                Blocker.CONTAMINATION,
                                true,
                                List.of("sft"),
                                "row i1|preference|sft went from train to holdout"));
    }

    @Test
    void aRuleThatIsGoneTakesItsRowsWithinTicks() {
        for (int i = 0; i < Rows.MAX_ITEMS_PER_TICK + 1; i++) {
            items.interaction("j" + i, 2);
            items.consent("j" + i, 1, true);
            judgePreference("j" + i, "f" + i, "A", A);
        }
        int before = deltas().size();
        items.send(
                "policy-2",
                ItemsPolicies.policy()
                        .setEventId("policy-2")
                        .setPolicyVersion(2)
                        .setQuestions(List.of(
                                ItemsPolicies.preference().setRows(List.of()).build()))
                        .build());
        assertThat(deltas()).as("not all at once").hasSize(before);
        items.stage().tickAfter(1_000);
        assertThat(deltas()).hasSize(before + 2 * Rows.MAX_ITEMS_PER_TICK);
        items.stage().tickAfter(1_000);
        assertThat(deltas().subList(before, deltas().size()))
                .hasSize(before)
                .extracting(Delta::getOp, Delta::getCauseKind)
                .containsOnly(tuple(RowOp.RETRACT, RowCause.POLICY_CHANGED));
        assertThat(items.stage().tickAfter(1_000)).isEmpty();
    }

    @Test
    void aChangeOfLabelsIsNamed() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        judgePreference("B", B);
        assertThat(lastCause()).isEqualTo(RowCause.LABEL_REVISED);
        label("g1", "sam", "A");
        items.belief("i1", PREFERENCE, ++version, 2, "g1", A);
        assertThat(lastCause()).isEqualTo(RowCause.LABEL_ADDED);
        items.belief("i1", PREFERENCE, ++version, 2, "reconcile", B);
        assertThat(lastCause()).as("the same labels say something else").isEqualTo(RowCause.JUDGMENT_REVISED);
        items.sendPublic(
                "i1",
                ItemsTrial.feedback("w1", "i1", "sam")
                        .setQuestionId(PREFERENCE)
                        .setWithdrawn(true)
                        .build());
        items.belief("i1", PREFERENCE, ++version, 1, "g1", TIE);
        assertThat(lastCause()).isEqualTo(RowCause.LABEL_WITHDRAWN);
    }

    @Test
    void aSuspensionIsNamed() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        var belief = items.beliefOf("i1", PREFERENCE, ++version, 0, "suspended", false, A);
        belief.setSetAsideLabelIds(List.of("f1"));
        items.send("i1", belief);

        assertThat(deltas()).extracting(Delta::getOp).endsWith(RowOp.RETRACT, RowOp.RETRACT);
        assertThat(lastCause()).isEqualTo(RowCause.RATER_SUSPENDED);
    }

    @Test
    void consentErasureAndGoldAreNamed() {
        items.interaction("i1", 2);
        items.consent("i1", 1, true);
        judgePreference("A", A);
        assertThat(lastCause()).isEqualTo(RowCause.JUDGED);
        items.consent("i1", 2, false);
        assertThat(lastCause()).isEqualTo(RowCause.CONSENT_WITHDRAWN);
        items.consent("i1", 3, true);
        assertThat(lastCause()).isEqualTo(RowCause.CONSENT_GRANTED);
        items.send("i1", new ConsentDecided("i1", "subject-of-i1", 4L, false, false, false, true));
        assertThat(lastCause()).isEqualTo(RowCause.ERASURE);
        items.interaction("i2", 2);
        items.consent("i2", 1, true);
        judgePreference("i2", "h1", "A", A);
        items.gold("g1", "i2", PREFERENCE, "A");
        assertThat(lastCause()).isEqualTo(RowCause.GOLD);
    }

    private RowCause lastCause() {
        return deltas().get(deltas().size() - 1).getCauseKind();
    }

    private void label(String eventId, String rater, String className) {
        items.sendPublic(
                "i1",
                ItemsTrial.feedback(eventId, "i1", rater)
                        .setQuestionId(PREFERENCE)
                        .setClassName(className)
                        .build());
    }

    private void judgePreference(String className, long[] belief) {
        judgePreference("i1", "f" + (version + 1), className, belief);
    }

    private void judgePreference(String id, String eventId, String className, long[] belief) {
        items.sendPublic(
                id,
                ItemsTrial.feedback(eventId, id, "rita")
                        .setQuestionId(PREFERENCE)
                        .setClassName(className)
                        .build());
        items.belief(id, PREFERENCE, ++version, 1, eventId, belief);
    }

    private List<Delta> deltas() {
        assertThat(items.sent(Channel.DATASET_LOG, Delta.class))
                .isEqualTo(items.facts(RowChanged.class).stream()
                        .map(RowChanged::getDelta)
                        .toList());
        return items.sent(Channel.DATASET_LOG, Delta.class);
    }

    private List<String> summary() {
        return deltas().stream()
                .map(delta -> delta.getOp() + " " + delta.getRowId() + " " + delta.getClassName() + " "
                        + delta.getRevision() + " " + delta.getCause())
                .toList();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
