package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.audit.PartitionAudit;
import dev.heed.audit.RecordedLogs;
import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.fact.ItemsFact;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.intake.PublicInput;
import dev.heed.serde.AvroBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever changes, removes or moves one record of a copied log is found out, and told where. */
@Tag("slow")
class TamperingTest {
    private static final byte[] SECRET = "a secret of the loop's tests".getBytes(StandardCharsets.UTF_8);
    private static final List<Stage> STAGES = LoopTopology.stages(SECRET);
    /** How many flipped bytes, and how many records removed, moved, repeated or cut off. */
    private static final int TRIES = Integer.parseInt(System.getProperty("heed.tries", "60"));

    private static LoopScheduler loop;
    private static SimulatedLogs original;

    @BeforeAll
    static void runALoop() {
        loop = new LoopScheduler(2, STAGES, SECRET, RandomHistory.START_MS, 11, 0.05);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        new RandomHistory(11).play(loop, 300);
        loop.runToEnd();
        original = new SimulatedLogs(loop, STAGES);
    }

    @Test
    void untouchedLogsAreWhatWasDecidedAndPublished() {
        SimulatedLogs logs = new SimulatedLogs(original);
        long heads = 0;
        long decided = 0;
        for (PartitionAudit.Result result : audit(logs)) {
            assertThat(result.problems()).isEmpty();
            assertThat(result.older()).isZero();
            heads += result.heads();
            decided += result.decided();
        }
        assertThat(heads).isEqualTo(logs.heads().size());
        long facts = STAGES.stream()
                .mapToLong(stage -> loop.records(stage.facts()).size())
                .sum();
        assertThat(decided).isEqualTo(facts).isPositive();
    }

    @Test
    void aFlippedByteIsFoundAndAFactNamed() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < TRIES; i++) {
            Place place = Place.draw(random);
            SimulatedLogs logs = new SimulatedLogs(original);
            List<RecordedLogs.Raw> log = logs.log(place.channel(), place.partition());
            int at = random.nextInt(log.size());
            byte[] bytes = Objects.requireNonNull(log.get(at).value()).clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            log.set(at, new RecordedLogs.Raw(log.get(at).offset(), log.get(at).key(), bytes));

            List<String> problems = audit(logs, place).problems();

            assertThat(problems).as("%s at %d", place, at).isNotEmpty();
            if (place.isFacts()) {
                assertThat(problems.get(0))
                        .contains("facts offset " + log.get(at).offset() + ":");
            }
            assertThat(problems.get(problems.size() - 1))
                    .startsWith(place.channel().baseName() + "-" + place.partition());
        }
    }

    @Test
    void aFactThatClaimsAnOlderDecisionLevelIsDecidedAgainAllTheSame() {
        Place place = new Place(STAGES.get(0), STAGES.get(0).facts(), 0);
        SimulatedLogs logs = new SimulatedLogs(original);
        List<RecordedLogs.Raw> log = logs.log(place.channel(), place.partition());
        int at = log.size() / 2;
        RecordedLogs.Raw raw = log.get(at);
        ItemsFact forged = (ItemsFact)
                Objects.requireNonNull(logs.fact(place.channel(), raw).value());
        forged.getHeader().setDecisionLevel(0);
        log.set(at, new RecordedLogs.Raw(raw.offset(), raw.key(), AvroBytes.of(forged)));

        assertThat(audit(logs, place).problems().get(0)).contains("facts offset " + raw.offset() + ":");
    }

    @Test
    void aRemovedRecordAndTwoThatChangedPlacesAreFound() {
        SplittableRandom random = new SplittableRandom(2);
        found(random, (log, at) -> log.remove((int) at));
        found(random, (log, at) -> log.add(at, log.remove(at + 1)));
        found(random, (log, at) -> log.add(at, log.get(at)));
        found(random, (log, at) -> log.subList(at, log.size()).clear());
    }

    private static void found(SplittableRandom random, Forgery forgery) {
        for (int i = 0; i < TRIES / 4; i++) {
            Place place = Place.draw(random);
            SimulatedLogs logs = new SimulatedLogs(original);
            List<RecordedLogs.Raw> log = logs.log(place.channel(), place.partition());
            int at = random.nextInt(log.size() - 1);
            List<RecordedLogs.Raw> before = new ArrayList<>(log);
            forgery.commit(log, at);
            if (!sameRecords(before, log)) {
                assertThat(audit(logs, place).problems())
                        .as("%s at %d", place, at)
                        .isNotEmpty();
            }
        }
    }

    /** Two ticks of one time that change places are the same log. */
    private static boolean sameRecords(List<RecordedLogs.Raw> a, List<RecordedLogs.Raw> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!Objects.equals(a.get(i).key(), b.get(i).key())
                    || !Arrays.equals(a.get(i).value(), b.get(i).value())) {
                return false;
            }
        }
        return true;
    }

    private interface Forgery {
        void commit(List<RecordedLogs.Raw> log, int at);
    }

    /** A log to tamper with. */
    private record Place(Stage stage, Channel channel, int partition) {
        static Place draw(SplittableRandom random) {
            while (true) {
                Stage stage = STAGES.get(random.nextInt(STAGES.size()));
                Channel channel = random.nextBoolean() ? stage.facts() : stage.journal();
                int partition = random.nextInt(2);
                if (original.log(channel, partition).size() > 1) {
                    return new Place(stage, channel, partition);
                }
            }
        }

        boolean isFacts() {
            return channel == stage.facts();
        }
    }

    private static PartitionAudit.Result audit(SimulatedLogs logs, Place place) {
        return new PartitionAudit(logs, place.stage(), place.partition()).run();
    }

    private static List<PartitionAudit.Result> audit(SimulatedLogs logs) {
        List<PartitionAudit.Result> results = new ArrayList<>();
        for (Stage stage : STAGES) {
            for (int p = 0; p < logs.partitions(); p++) {
                results.add(new PartitionAudit(logs, stage, p).run());
            }
        }
        return results;
    }
}
