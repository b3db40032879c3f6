package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.audit.PartitionAudit;
import dev.heed.audit.RecordedLogs;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.Stage;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ItemsFact;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.intake.PublicInput;
import dev.heed.items.rows.Rows;
import dev.heed.items.slots.GoldAnswers;
import dev.heed.policy.Policy;
import dev.heed.policy.StageLevel;
import dev.heed.serde.AvroBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Items were decided at level 1 by a code that heeded no gold and made no rows; then a policy asked for level 2. Today's
 * code can do level 2 alone.
 */
class OlderLevelTest {
    private static final byte[] SECRET = "a secret of the loop's tests".getBytes(StandardCharsets.UTF_8);
    private static final int EVENTS = 90;
    private static final int TRIES = 8;

    private static SimulatedLogs recorded;
    private static List<RecordedLogs.Raw> original;
    /** Offset in the items journal of the policy that asks for level 2. */
    private static long switched;
    /** How many facts follow from records before that. */
    private static int older;

    /** A feature as it was before level 2, when it decided nothing. */
    private record SinceLevelTwo(Feature feature) implements Feature {
        @Override
        public void decide(Step step) {
            if (step.hasPolicy() && !step.policy().getDecisionLevels().isEmpty()) {
                feature.decide(step);
            }
        }

        @Override
        public void apply(State state, FactHeader header, SpecificRecord fact) {
            feature.apply(state, header, fact);
        }

        @Override
        public void project(FactHeader header, SpecificRecord fact, Outbox out) {
            feature.project(header, fact, out);
        }
    }

    @BeforeAll
    static void runALoopThatIsUpgraded() {
        List<Stage> stages = new ArrayList<>(LoopTopology.stages(SECRET));
        stages.replaceAll(
                stage -> stage.name().equals("items") ? withLevels(stage, 1, OlderLevelTest::asItWas) : stage);
        LoopScheduler loop = new LoopScheduler(1, stages, SECRET, RandomHistory.START_MS, 5, 0.05);
        RandomHistory history = new RandomHistory(5);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        history.play(loop, EVENTS);
        loop.runToEnd();
        Policy next = RandomHistory.policy();
        next.setEventId("policy-2");
        next.setPolicyVersion(2);
        next.setDecisionLevels(List.of(new StageLevel("items", 2)));
        loop.publish(PublicInput.POLICIES, "policy", next);
        loop.runToEnd();
        history.play(loop, EVENTS);
        loop.runToEnd();

        recorded = new SimulatedLogs(loop, stages);
        Stage items = today();
        original = List.copyOf(recorded.log(items.facts(), 0));
        List<ItemsFact> facts = original.stream().map(OlderLevelTest::fact).toList();
        switched = facts.stream()
                .filter(fact -> fact.getPolicyInstalled() != null)
                .mapToLong(fact -> fact.getHeader().getJournalOffset())
                .max()
                .orElseThrow();
        older = (int) facts.stream()
                .filter(fact -> fact.getHeader().getJournalOffset() < switched)
                .count();
        assertThat(facts.subList(0, older)).noneMatch(fact -> fact.getGoldRecorded() != null);
        assertThat(facts.subList(older, facts.size()))
                .anyMatch(fact -> fact.getGoldRecorded() != null)
                .anyMatch(fact -> fact.getRowChanged() != null);
    }

    @Test
    void anOlderRangeIsTakenByItsFactsAndTheNewerOneDecidedAgain() {
        PartitionAudit.Result result = audit(new SimulatedLogs(recorded));
        assertThat(result.problems()).isEmpty();
        assertThat(result.older()).isEqualTo(older).isPositive();
        assertThat(result.decided()).isEqualTo(original.size() - older).isPositive();
        assertThat(result.unproven()).isZero();

        // Without heads the older range is vouched for by nothing but its headers, and that is said.
        SimulatedLogs headless = new SimulatedLogs(recorded);
        headless.forgetHeads();
        assertThat(audit(headless).problems()).isEmpty();
        assertThat(audit(headless).unproven()).isEqualTo(older);

        // Today's code would not have decided the older range so.
        Stage all = withLevels(items(), 1, feature -> feature);
        PartitionAudit.Result again = new PartitionAudit(new SimulatedLogs(recorded), all, 0).run();
        assertThat(again.older()).isZero();
        assertThat(again.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("the decision is not the record"));
    }

    @Test
    void whatIsFlippedRemovedSwappedOrAddedInTheOlderRangeIsFound() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < TRIES; i++) {
            int at = random.nextInt(older - 1);
            foundByTree(log -> log.set(at, flipped(log.get(at), random)));
            foundByTree(log -> log.remove(at));
            foundByTree(log -> log.add(at, log.remove(at + 1)));
            foundByTree(log -> log.add(at, log.get(at)));
        }
    }

    @Test
    void whatIsFlippedRemovedOrSwappedInTheNewerRangeIsNamed() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < TRIES; i++) {
            // The first of them is the one by which the newer level comes in force.
            int at = older + (i == 0 ? 0 : random.nextInt(original.size() - older - 1));
            foundByReplay(original.get(at).offset(), log -> log.set(at, flipped(log.get(at), random)));
            foundByReplay(original.get(at + 1).offset(), log -> log.remove(at));
            foundByReplay(original.get(at + 1).offset(), log -> log.add(at, log.remove(at + 1)));
        }
    }

    @Test
    void whatTheLevelDoesNotDecideIsHeldAgainstTheJournalWithoutAnyHead() {
        int second = secondOfItsRecord();
        foundByReplay(original.get(second).offset(), log -> log.remove(second - 1));
        foundByReplay(original.get(second).offset(), log -> log.add(second - 1, log.remove(second)));
        int at = older / 2;
        long offset = original.get(at).offset();
        foundByReplay(offset, log -> forge(log, at, fact -> fact.getHeader().setDecisionLevel(0)));
        foundByReplay(offset, log -> forge(log, at, fact -> fact.getHeader().setPolicyVersion(7)));
        foundByReplay(offset, log -> forge(log, at, fact -> fact.getHeader().setTimeMs(1)));
        foundByReplay(offset, log -> forge(log, at, fact -> fact.getHeader().setKey("another")));
    }

    @Test
    void noForgedPolicyStretchesTheOlderRange() {
        int first = 0;
        while (fact(original.get(first)).getPolicyInstalled() == null) {
            first++;
        }
        int installs = first;
        long offset = original.get(installs).offset();
        foundByReplay(
                offset,
                log -> forge(log, installs, fact -> Objects.requireNonNull(fact.getPolicyInstalled())
                        .getPolicy()
                        .setPolicyVersion(9)));
        foundByReplay(original.get(installs + 1).offset(), log -> {
            log.remove(installs);
        });
    }

    private static int secondOfItsRecord() {
        for (int at = older / 2; at < older; at++) {
            if (fact(original.get(at)).getHeader().getOrdinal() == 1) {
                return at;
            }
        }
        throw new AssertionError("no record with two facts");
    }

    private static void foundByTree(Consumer<List<RecordedLogs.Raw>> forgery) {
        SimulatedLogs logs = new SimulatedLogs(recorded);
        forgery.accept(logs.log(items().facts(), 0));
        List<String> problems = audit(logs).problems();
        assertThat(problems).isNotEmpty();
        assertThat(problems.get(problems.size() - 1)).startsWith("items.facts-0");
    }

    /** Found where no head was ever published, and named by the offset of the fact that is not what it should be. */
    private static void foundByReplay(long offset, Consumer<List<RecordedLogs.Raw>> forgery) {
        SimulatedLogs logs = new SimulatedLogs(recorded);
        logs.forgetHeads();
        forgery.accept(logs.log(items().facts(), 0));
        assertThat(audit(logs).problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("facts offset " + offset + ":"));
    }

    private static void forge(List<RecordedLogs.Raw> log, int at, Consumer<ItemsFact> change) {
        ItemsFact fact = fact(log.get(at));
        change.accept(fact);
        log.set(at, new RecordedLogs.Raw(log.get(at).offset(), log.get(at).key(), AvroBytes.of(fact)));
    }

    private static RecordedLogs.Raw flipped(RecordedLogs.Raw raw, SplittableRandom random) {
        byte[] bytes = Objects.requireNonNull(raw.value()).clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return new RecordedLogs.Raw(raw.offset(), raw.key(), bytes);
    }

    private static ItemsFact fact(RecordedLogs.Raw raw) {
        return (ItemsFact)
                Objects.requireNonNull(recorded.fact(items().facts(), raw).value());
    }

    private static PartitionAudit.Result audit(SimulatedLogs logs) {
        return new PartitionAudit(logs, today(), 0).run();
    }

    private static Stage items() {
        return LoopTopology.stages(SECRET).get(0);
    }

    private static Stage today() {
        return withLevels(items(), 2, feature -> feature);
    }

    private static Feature asItWas(Feature feature) {
        return feature instanceof GoldAnswers || feature instanceof Rows ? new SinceLevelTwo(feature) : feature;
    }

    private interface Change {
        Feature of(Feature feature);
    }

    private static Stage withLevels(Stage stage, int lowest, Change change) {
        Set<Class<? extends SpecificRecord>> withoutPolicy = stage.withoutPolicy();
        return new Stage(
                stage.name(),
                stage.journal(),
                stage.journalSchema(),
                stage.facts(),
                stage.factSchema(),
                lowest,
                2,
                withoutPolicy,
                stage.features().stream().map(change::of).toList());
    }
}
