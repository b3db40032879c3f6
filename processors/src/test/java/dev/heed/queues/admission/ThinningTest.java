package dev.heed.queues.admission;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.heed.StageTrial;
import dev.heed.event.Lane;
import dev.heed.event.RequestTasks;
import dev.heed.fact.TaskDropped;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.TaskQueued;
import dev.heed.fact.ThinningSet;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.TaskAnswered;
import dev.heed.journal.TaskWanted;
import dev.heed.math.Micros;
import dev.heed.queues.QueueReader;
import dev.heed.queues.QueueStory;
import dev.heed.queues.QueuesStage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class ThinningTest {
    /** Probability with which the story's items came into exploration. */
    private static final long EPSILON_MICROS = Micros.ONE / 10;

    private static TaskWanted.Builder explored(String interactionId) {
        return QueueStory.task(interactionId, 1).setLane(Lane.EXPLORATION).setSelectionPropensityMicros(EPSILON_MICROS);
    }

    @Test
    void theProbabilityFollowsIncomeAndArrivals() {
        // 720 labels an hour for exploration: two in ten seconds.
        QueueStory story =
                QueueStory.under(policy(1, pool(POOL).setQueueCapacity(1_000).build()));
        for (int i = 0; i < 8; i++) {
            story.want(explored("i" + i));
        }
        assertThat(story.queue().thinning().getKeepMicros()).isEqualTo(Micros.ONE);
        assertThat(of(ThinningSet.class, story.pass(9_999))).isEmpty();
        ThinningSet first = of(ThinningSet.class, story.pass(1)).get(0);
        assertThat(first.getArrivedLabels()).isEqualTo(8);
        assertThat(first.getLabelsPerHourMicros()).isEqualTo(2_880 * Micros.ONE);
        assertThat(first.getKeepMicros()).isEqualTo(Micros.ONE / 4);
        // Nothing more comes: the rate falls by a quarter each window, and in the end the lane is left alone.
        assertThat(of(ThinningSet.class, story.pass(10_000)).get(0).getLabelsPerHourMicros())
                .isEqualTo(2_160 * Micros.ONE);
        for (int i = 0; i < 100; i++) {
            story.pass(10_000);
        }
        assertThat(story.queue().thinning().getKeepMicros()).isEqualTo(Micros.ONE);
        assertThat(of(ThinningSet.class, story.pass(10_000))).isEmpty();
        story.check();
    }

    @Test
    void theDrawIsMadeOnceAndHoldsForLaterRequests() {
        QueueStory story = QueueStory.under(policy(1, pool(POOL).build()));
        story.raters("ann");
        int dropped = 0;
        for (int i = 0; i < 12; i++) {
            String id = "i" + i;
            List<SpecificRecord> first = story.want(explored(id));
            List<SpecificRecord> second = story.want(explored(id).setRequest(2));
            assertThat(of(TaskDropped.class, second)).hasSameSizeAs(of(TaskDropped.class, first));
            if (of(TaskQueued.class, first).isEmpty()) {
                dropped++;
                assertThat(of(TaskDropped.class, second).get(0).getDrawn()).isFalse();
                assertThat(of(TaskDropped.class, second).get(0).getReason()).isEqualTo("thinned");
            } else {
                assertThat(of(TaskQueued.class, second).get(0).getPropensityMicros())
                        .isEqualTo(of(TaskQueued.class, first).get(0).getPropensityMicros());
            }
        }
        assertThat(dropped).as("the lane has four places").isGreaterThanOrEqualTo(8);
        story.check();
    }

    @Test
    void aThinnedItemMayStillComeByValue() {
        QueueStory story = QueueStory.under(
                policy(1, pool(POOL).setExplorationShareMicros(0).build()));
        assertThat(of(TaskDropped.class, story.want(explored("i1")))).hasSize(1);
        assertThat(of(TaskQueued.class, story.want(QueueStory.task("i1", 50_000).setRequest(2))))
                .singleElement()
                .extracting(TaskQueued::getPropensityMicros)
                .isEqualTo(Micros.ONE);
        story.check();
    }

    /**
     * Items weighted by the inverse of their propensity must count for all that came, whatever their value and however
     * the load changed meanwhile.
     */
    @Test
    void whatIsServedStandsForAllThatCame() {
        StageTrial trial = new StageTrial(QueuesStage.create("propensity".getBytes(StandardCharsets.UTF_8)));
        trial.tickAfter(1_700_000_000_000L);
        trial.sendPublic(
                "policies", policy(1, pool(POOL).setQueueCapacity(1_000).build()));
        trial.sendPublic("ann", QueueStory.profile("ann").setCapacity(100).build());
        long came = 0;
        double weighted = 0;
        double weightedValuable = 0;
        for (int second = 0; second < 1_500; second++) {
            // Quiet, then a rush far beyond what the lane can serve, then quiet again.
            int arrivals = second > 500 && second < 1_000 ? 10 : 1;
            for (int i = 0; i < arrivals; i++) {
                long value = came % 2;
                trial.send(POOL, explored("i" + came++).setValueMicros(value).build());
            }
            for (TaskLeased leased : of(TaskLeased.class, serve(trial, second))) {
                double weight = (double) EPSILON_MICROS / leased.getLease().getPropensityMicros();
                weighted += weight;
                weightedValuable +=
                        Integer.parseInt(leased.getLease().getInteractionId().substring(1)) % 2 == 1 ? weight : 0;
            }
        }
        assertThat(new QueueReader(trial.state(), POOL).lanes().getExplorationTasks())
                .as("the lane keeps up with what it keeps")
                .isLessThan(50);
        assertThat(weighted).isCloseTo(came, withinPercentage(10));
        assertThat(weightedValuable).isCloseTo(came / 2.0, withinPercentage(14));
        trial.checkReplay();
    }

    private static List<SpecificRecord> serve(StageTrial trial, int second) {
        ActionAccepted request = ActionAccepted.newBuilder()
                .setEventId("request-" + second)
                .setActor("ann")
                .setRequestTasks(new RequestTasks(POOL, "ann", 20))
                .build();
        List<SpecificRecord> facts = new ArrayList<>(trial.tickAfter(1_000));
        facts.addAll(trial.sendPublic(POOL, request));
        for (TaskLeased leased : of(TaskLeased.class, List.copyOf(facts))) {
            LeaseGranted lease = leased.getLease();
            facts.addAll(trial.send(
                    POOL, new TaskAnswered(lease.getInteractionId(), lease.getQuestionId(), POOL, lease.getRaterId())));
        }
        return facts;
    }
}
