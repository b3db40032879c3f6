package dev.heed.guarantee;

import dev.heed.core.MemoryState;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The journal of a stage, decided again from its start, gives the facts that stand in its facts topic, byte for byte
 * and in the same order; and those facts, applied alone, give the state that deciding left.
 */
public final class ReplayIsIdentical implements Guarantee {
    private final List<Stage> stages;

    public ReplayIsIdentical(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    @Override
    public List<String> breaches(LogView logs) {
        List<String> breaches = new ArrayList<>();
        for (Stage stage : stages) {
            Map<Integer, List<LogView.Logged>> journals = byPartition(logs.records(stage.journal()));
            Map<Integer, List<LogView.Logged>> facts = byPartition(logs.records(stage.facts()));
            for (Map.Entry<Integer, List<LogView.Logged>> journal : journals.entrySet()) {
                breaches.addAll(replay(
                        stage, journal.getKey(), journal.getValue(), facts.getOrDefault(journal.getKey(), List.of())));
            }
        }
        return breaches;
    }

    private static List<String> replay(
            Stage stage, int partition, List<LogView.Logged> journal, List<LogView.Logged> facts) {
        MemoryState decided = new MemoryState();
        PartitionReplay replay = new PartitionReplay(
                stage, partition, decided, facts.stream().map(StoredFact::of).iterator());
        long end = 0;
        for (LogView.Logged record : journal) {
            replay.read(record);
            end = record.offset() + 1;
        }
        replay.finish(end);
        return replay.mismatch()
                .map(mismatch -> List.of(mismatch.text()))
                .orElseGet(() -> rebuild(stage, partition, decided, facts));
    }

    private static List<String> rebuild(Stage stage, int partition, MemoryState decided, List<LogView.Logged> facts) {
        StageRunner runner = new StageRunner(stage);
        MemoryState applied = new MemoryState();
        facts.forEach(fact -> runner.apply(applied, Objects.requireNonNull(fact.value())));
        return StateDifference.between(applied, decided).stream()
                .map(difference -> stage.facts().baseName() + "-" + partition
                        + ": applied facts and decided state differ: " + difference)
                .toList();
    }

    private static Map<Integer, List<LogView.Logged>> byPartition(List<LogView.Logged> records) {
        Map<Integer, List<LogView.Logged>> sorted = new TreeMap<>();
        for (LogView.Logged logged : records) {
            sorted.computeIfAbsent(logged.partition(), p -> new ArrayList<>()).add(logged);
        }
        sorted.values().forEach(list -> list.sort(Comparator.comparingLong(LogView.Logged::offset)));
        return sorted;
    }
}
