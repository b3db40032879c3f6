package dev.heed.items.judgment;

import static dev.heed.items.ItemsPolicies.POOL;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.Judged;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.RequestDropped;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.RequestClosed;
import dev.heed.state.ItemQuestion;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The item wants two labels; one more is worth 0.11 at belief ½, and costs 0.01 + 0.05. */
class ClosedRequestsTest {
    private static final long[] UNSURE = {500_000, 500_000};

    private final ItemsTrial items = new ItemsTrial(
            ItemsPolicies.only(ItemsPolicies.violation().setEscalates(false).build()));

    @BeforeEach
    void anItemWantsTwo() {
        items.interaction("i1", 1);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void anItemWhoseRequestWasTurnedAwayWaitsForNobody() {
        assertThat(closed(1, "full")).hasExactlyElementsOfTypes(RequestDropped.class);
        assertThat(held().getRequestOpen()).isFalse();
        assertThat(held().getWanted()).isZero();
        assertThat(held().getRequestClosed()).isEqualTo("full");
        assertThat(items.facts(Judged.class)).as("with no label at all").isEmpty();
    }

    @Test
    void aLookThatFindsSomethingNewAsksAgain() {
        closed(1, "evicted");
        items.verdict("s1", "i1", "guard", "ok");
        List<LabelsRequested> requests = items.facts(LabelsRequested.class);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).getTask().getRequest()).isEqualTo(2);
        assertThat(requests.get(1).getTask().getLabelsWanted()).isEqualTo(2);
        assertThat(held().getRequestClosed()).isEmpty();
        items.verdict("s2", "i1", "other", "ok");
        assertThat(items.facts(LabelsRequested.class))
                .as("an open request stands")
                .hasSize(2);
    }

    @Test
    void aLeaseTooManyThatLapsesAsksForNobodyButWhatItHeldBackIsAskedNow() {
        items.lease("i1", "rita", "t1");
        items.lease("i1", "sam", "t2");
        items.label("f1", "i1", "rita", "ok");
        items.label("f2", "i1", "sam", "violation");
        items.lease("i1", "tom", "t3");
        assertThat(held().getWanted()).as("one more than was asked for").isEqualTo(-1);
        items.belief("i1", VIOLATION, 2, 2, "f2", UNSURE);
        assertThat(items.facts(LabelsRequested.class)).as("tom is at work").hasSize(1);
        items.leaseEnded("i1", "tom", "t3", "expired");
        assertThat(items.facts(LabelsRequested.class)).hasSize(2).last().satisfies(requested -> assertThat(
                        requested.getTask().getLabelsWanted())
                .isEqualTo(1));
        assertThat(held().getWanted()).isEqualTo(1);
    }

    @Test
    void aLeaseTooManyThatLapsesBeforeTheBeliefAsksForNobody() {
        items.lease("i1", "rita", "t1");
        items.lease("i1", "sam", "t2");
        items.label("f1", "i1", "rita", "ok");
        items.label("f2", "i1", "sam", "violation");
        items.lease("i1", "tom", "t3");
        items.leaseEnded("i1", "tom", "t3", "expired");
        assertThat(held().getWanted()).isZero();
        assertThat(items.facts(LabelsRequested.class)).hasSize(1);
        items.belief("i1", VIOLATION, 2, 2, "f2", UNSURE);
        assertThat(items.facts(LabelsRequested.class)).hasSize(2);
    }

    @Test
    void whatTheExplorationDrawLeftOutIsNotAskedForAgain() {
        closed(1, "thinned");
        items.verdict("s1", "i1", "guard", "ok");
        assertThat(items.facts(LabelsRequested.class)).hasSize(1);
    }

    @Test
    void aRequestThatWasReplacedStands() {
        items.label("f1", "i1", "rita", "ok");
        int now = held().getRequest();
        assertThat(now).isGreaterThan(1);
        assertThat(closed(1, "evicted")).hasExactlyElementsOfTypes(DuplicateIgnored.class);
        assertThat(held().getRequestOpen()).isTrue();
        closed(now, "evicted");
        assertThat(closed(now, "evicted")).hasExactlyElementsOfTypes(DuplicateIgnored.class);
        assertThat(items.send("i1", new RequestClosed("i2", VIOLATION, POOL, 1, "full")))
                .as("an item that is not known")
                .hasExactlyElementsOfTypes(DuplicateIgnored.class);
    }

    @Test
    void withEnoughLabelsItIsJudgedByWhatItHasOnceNobodyIsAtWork() {
        twoLabels();
        items.lease("i1", "tess", "t3");
        assertThat(closed(held().getRequest(), "evicted")).hasExactlyElementsOfTypes(RequestDropped.class);
        items.leaseEnded("i1", "tess", "t3", "expired");
        assertThat(items.facts(Judged.class)).singleElement().satisfies(judged -> {
            assertThat(judged.getJudgment().getReason()).isEqualTo("request_closed");
            assertThat(judged.getJudgment().getLabels()).hasSize(2);
            assertThat(judged.getJudgment().getBeliefMicros()).containsExactly(500_000L, 500_000L);
        });
        assertThat(items.stage().sent(Channel.JUDGMENTS)).hasSize(1);
        assertThat(held().getWanted())
                .as("a lapsed lease is not handed out again")
                .isZero();
    }

    @Test
    void theLabelOfWhoIsStillAtWorkCounts() {
        twoLabels();
        items.lease("i1", "tess", "t3");
        closed(held().getRequest(), "pool_removed");
        items.label("f3", "i1", "tess", "ok");
        items.belief("i1", VIOLATION, 3, 3, "f3", 900_000, 100_000);
        assertThat(items.facts(Judged.class)).singleElement().satisfies(judged -> assertThat(
                        judged.getJudgment().getReason())
                .isEqualTo("max_raters"));
    }

    private void twoLabels() {
        items.label("f1", "i1", "rita", "ok");
        items.belief("i1", VIOLATION, 1, 1, "f1", UNSURE);
        items.label("f2", "i1", "sam", "violation");
        items.belief("i1", VIOLATION, 2, 2, "f2", UNSURE);
        assertThat(held().getRequestOpen()).as("one more label is asked for").isTrue();
        assertThat(held().getWanted()).isEqualTo(1);
    }

    private List<SpecificRecord> closed(int request, String reason) {
        return items.send("i1", new RequestClosed("i1", VIOLATION, POOL, request, reason));
    }

    private ItemQuestion held() {
        return items.question("i1", VIOLATION);
    }
}
