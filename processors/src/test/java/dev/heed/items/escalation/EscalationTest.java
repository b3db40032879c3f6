package dev.heed.items.escalation;

import static dev.heed.items.ItemsPolicies.ACK_MS;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static dev.heed.items.ItemsPolicies.level;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Acknowledge;
import dev.heed.event.Appeal;
import dev.heed.event.Resolve;
import dev.heed.event.Route;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EscalationAcknowledged;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GroupEnded;
import dev.heed.fact.Triaged;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.ActionAccepted;
import dev.heed.out.Escalation;
import dev.heed.state.HeldEscalation;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Risk is 3 at prior ½, 4.2 after one verdict of a violation, 4.76 after two, 4.94 after three. */
class EscalationTest {
    private ItemsTrial items = new ItemsTrial();

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void itOpensAtTheLevelThatRiskReachesAndRisesWithRisk() {
        items.interaction("i1", 1);
        assertThat(items.facts(EscalationOpened.class)).isEmpty();
        items.verdict("s1", "i1", "a", "violation");
        assertThat(items.facts(EscalationOpened.class)).singleElement().satisfies(opened -> {
            assertThat(opened.getLevel()).isEqualTo("team");
            assertThat(opened.getRiskMicros()).isEqualTo(4_200_000);
            assertThat(opened.getThresholdMicros()).isEqualTo(4_000_000);
            assertThat(opened.getDueMs()).isEqualTo(items.nowMs() + ACK_MS);
            assertThat(opened.getSubject()).isEqualTo("subject-of-i1");
            assertThat(opened.getNoticedAtMs()).isEqualTo(ItemsTrial.START_MS + 7);
        });
        items.verdict("s2", "i1", "b", "violation");
        items.verdict("s3", "i1", "c", "violation");
        assertThat(items.facts(EscalationRaised.class)).singleElement().satisfies(raised -> {
            assertThat(raised.getLevel()).isEqualTo("lead");
            assertThat(raised.getCause()).isEqualTo("risk");
        });
        assertThat(published()).containsExactly("open team risk -", "open lead risk -");
        assertThat(items.stage().sent(Channel.ESCALATIONS).get(0).key()).isEqualTo("i1|violation");
    }

    @Test
    void itOpensAtOnceAtTheHighestLevel() {
        items.sendPublic(
                "i1",
                ItemsTrial.interaction("e1", "i1", 1).setUsersAffected(100).build());
        assertThat(items.facts(EscalationOpened.class)).singleElement().satisfies(opened -> {
            assertThat(opened.getLevel()).isEqualTo("director");
            assertThat(opened.getDueMs()).as("nobody stands above").isZero();
            assertThat(opened.getNoticedAtMs()).as("no signal behind it").isZero();
        });
        assertThat(items.tickAfter(ACK_MS * 10)).isEmpty();
    }

    @Test
    void fallingRiskLowersNothing() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "a", "violation");
        for (String detector : List.of("a", "b", "c")) {
            items.verdict("ok-" + detector, "i1", detector, "ok");
        }
        assertThat(held()).satisfies(held -> {
            assertThat(held.getState()).isEqualTo("open");
            assertThat(held.getLevelIndex()).isZero();
        });
        assertThat(items.question("i1", VIOLATION).getRoute()).isEqualTo(Route.ESCALATE);
    }

    @Test
    void unacknowledgedItGoesUpLevelByLevelToTheLast() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "a", "violation");
        assertThat(items.tickAfter(ACK_MS - 1)).isEmpty();
        assertThat(raisedAfter(1)).hasSize(1);
        assertThat(items.tickAfter(ACK_MS - 1)).isEmpty();
        assertThat(raisedAfter(ACK_MS * 5)).as("an outage skips no level").hasSize(1);
        assertThat(items.tickAfter(ACK_MS * 5)).isEmpty();
        assertThat(published()).containsExactly("open team risk -", "open lead timeout -", "open director timeout -");
    }

    @Test
    void whoTakesChargeStopsTheClockAndWhoClosesItEndsIt() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "a", "violation");
        assertThat(acknowledge("a1", "i1")).hasOnlyElementsOfType(EscalationAcknowledged.class);
        assertThat(acknowledge("a1", "i1")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(refusal(acknowledge("a2", "i1")))
                .isEqualTo("escalation_acknowledged: the escalation of interaction i1 on question violation is"
                        + " acknowledged (expected: open)");
        assertThat(items.tickAfter(ACK_MS * 2)).isEmpty();
        assertThat(resolve("r1", "i1")).hasOnlyElementsOfTypes(EscalationResolved.class, GroupEnded.class);
        assertThat(refusal(resolve("r2", "i1"))).contains("is resolved (expected: open or acknowledged)");
        assertThat(refusal(acknowledge("a3", "i1"))).startsWith("escalation_resolved: ");
        assertThat(published())
                .containsExactly("open team risk -", "acknowledged team acknowledge ada", "resolved team resolve ada");
    }

    @Test
    void anOpenOneCanBeClosedAtOnce() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "a", "violation");
        resolve("r1", "i1");
        assertThat(items.tickAfter(ACK_MS * 2)).isEmpty();
        assertThat(held().getState()).isEqualTo("resolved");
    }

    @Test
    void aHigherRiskAfterAcknowledgingOpensItForTheNextLevel() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "a", "violation");
        acknowledge("a1", "i1");
        items.verdict("s2", "i1", "b", "violation");
        assertThat(held().getState()).isEqualTo("open");
        assertThat(raisedAfter(ACK_MS)).hasSize(1);
        assertThat(acknowledge("a2", "i1")).hasOnlyElementsOfType(EscalationAcknowledged.class);
    }

    @Test
    void onceResolvedOnlyASignalThatReachesAHigherLevelOpensItAgain() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "a", "violation");
        resolve("r1", "i1");
        items.verdict("s2", "i1", "a", "ok");
        items.verdict("s3", "i1", "a", "violation");
        assertThat(items.facts(EscalationOpened.class))
                .as("the same risk again")
                .hasSize(1);
        items.verdict("s4", "i1", "b", "violation");
        assertThat(items.facts(EscalationOpened.class))
                .extracting(EscalationOpened::getLevel)
                .containsExactly("team", "lead");
        resolve("r2", "i1");

        // Labels of people move the risk as well, but what people have closed is not opened by people's labels.
        items.label("f1", "i1", "rita", "violation");
        items.send("i1", items.beliefOf("i1", VIOLATION, 1, 1, "f1", false, 0, 1_000_000));
        assertThat(items.facts(EscalationOpened.class)).hasSize(2);
    }

    @Test
    void calibrationsBeliefOpensAndRaisesToo() {
        items.interaction("i1", 1);
        items.label("f1", "i1", "rita", "violation");
        items.belief("i1", VIOLATION, 1, 1, "f1", 200_000, 800_000);
        assertThat(items.facts(EscalationOpened.class))
                .singleElement()
                .satisfies(opened -> assertThat(opened.getNoticedAtMs()).isZero());
        assertThat(items.facts(Triaged.class)).last().satisfies(triaged -> {
            assertThat(triaged.getRoute()).isEqualTo(Route.ESCALATE);
            assertThat(triaged.getPreviousRoute()).isEqualTo(Route.REVIEW);
        });
        items.verdict("s1", "i1", "a", "violation");
        items.belief("i1", VIOLATION, 2, 1, "s1", 50_000, 950_000);
        assertThat(items.facts(EscalationRaised.class))
                .singleElement()
                .satisfies(raised -> assertThat(raised.getNoticedAtMs()).isEqualTo(ItemsTrial.START_MS + 7));
    }

    @Test
    void aKnownAnswerEscalatesNothing() {
        items.interaction("i1", 1);
        items.gold("g1", "i1", VIOLATION, "violation");
        items.goldBelief("i1", VIOLATION, 1, 0, 1_000_000);
        assertThat(items.facts(EscalationOpened.class)).isEmpty();
    }

    @Test
    void anIncidentKeepsTheLevelsItWasOpenedWith() {
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "a", "violation");
        items.send(
                "policy-2",
                ItemsPolicies.policy()
                        .setEventId("policy-2")
                        .setPolicyVersion(2)
                        .setEscalationLevels(List.of(level("only", 1)))
                        .build());
        assertThat(raisedAfter(ACK_MS)).hasSize(1);
        assertThat(items.facts(EscalationRaised.class)).singleElement().satisfies(raised -> {
            assertThat(raised.getLevel()).isEqualTo("lead");
            assertThat(raised.getOpenedPolicyVersion()).isEqualTo(1);
        });
        items.interaction("i2", 1);
        assertThat(items.facts(EscalationOpened.class)).last().satisfies(opened -> {
            assertThat(opened.getLevel()).isEqualTo("only");
            assertThat(opened.getOpenedPolicyVersion()).isEqualTo(2);
        });
    }

    @Test
    void actsOnWhatIsNotThereAreRefused() {
        assertThat(refusal(acknowledge("a1", "nowhere"))).startsWith("interaction_unknown: ");
        items.interaction("i1", 1);
        assertThat(refusal(resolve("a2", "i1"))).startsWith("escalation_unknown: ");
        ActionAccepted appeal = ActionAccepted.newBuilder()
                .setEventId("a3")
                .setActor("ada")
                .setAppeal(new Appeal("i1", VIOLATION, "wrong"))
                .build();
        assertThat(refusal(items.sendPublic("i1", appeal))).startsWith("appeals_not_taken: ");
    }

    @Test
    void aTickRaisesABoundedNumberAndTheNextGoesOn() {
        int many = Escalations.MAX_DUE_PER_TICK + 10;
        for (int i = 0; i < many; i++) {
            items.interaction("i" + i, 1);
            items.verdict("s" + i, "i" + i, "a", "violation");
        }
        assertThat(raisedAfter(ACK_MS)).hasSize(Escalations.MAX_DUE_PER_TICK);
        assertThat(raisedAfter(1)).hasSize(10);
        assertThat(items.tickAfter(1)).isEmpty();
    }

    private List<EscalationRaised> raisedAfter(long elapsedMs) {
        return ItemsTrial.of(items.tickAfter(elapsedMs), EscalationRaised.class);
    }

    private HeldEscalation held() {
        return Objects.requireNonNull(items.question("i1", VIOLATION).getEscalation());
    }

    private List<String> published() {
        return items.sent(Channel.ESCALATIONS, Escalation.class).stream()
                .map(each -> each.getState() + " " + each.getLevel() + " " + each.getCause() + " "
                        + Objects.requireNonNullElse(each.getActor(), "-"))
                .toList();
    }

    private List<SpecificRecord> acknowledge(String eventId, String id) {
        return items.sendPublic(
                id,
                ActionAccepted.newBuilder()
                        .setEventId(eventId)
                        .setActor("ada")
                        .setAcknowledge(new Acknowledge(VIOLATION, id))
                        .build());
    }

    private List<SpecificRecord> resolve(String eventId, String id) {
        return items.sendPublic(
                id,
                ActionAccepted.newBuilder()
                        .setEventId(eventId)
                        .setActor("ada")
                        .setResolve(new Resolve(VIOLATION, id, "removed"))
                        .build());
    }

    private static String refusal(List<SpecificRecord> facts) {
        EventRefused refused = (EventRefused) facts.get(0);
        return refused.getReasonCode() + ": " + refused.getReason();
    }
}
