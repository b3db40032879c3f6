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
import org.apache.avro.specific.SpecificRecord;

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
                List<SpecificRecord> stored = facts.getOrDefault(journal.getKey(), List.of()).stream()
                        .map(logged -> Objects.requireNonNull(logged.value()))
                        .toList();
                breaches.addAll(replay(stage, journal.getKey(), journal.getValue(), stored));
            }
        }
        return breaches;
    }

    private static List<String> replay(
            Stage stage, int partition, List<LogView.Logged> journal, List<SpecificRecord> stored) {
        StageRunner runner = new StageRunner(stage);
        MemoryState decided = new MemoryState();
        String where = stage.facts().baseName() + "-" + partition;
        int next = 0;
        for (LogView.Logged logged : journal) {
            StageRunner.Outcome outcome = runner.step(
                    decided,
                    logged.offset(),
                    Objects.requireNonNullElse(logged.key(), ""),
                    Objects.requireNonNull(logged.value()));
            for (SpecificRecord fact : outcome.facts()) {
                if (next == stored.size()) {
                    return List.of(where + ": fact " + next + " is missing; decided again it is " + fact);
                }
                if (!AvroBytes.equal(fact, stored.get(next))) {
                    return List.of(where + ": fact " + next + " differs\n    stored  " + stored.get(next)
                            + "\n    decided " + fact);
                }
                next++;
            }
        }
        if (next < stored.size()) {
            return List.of(where + ": " + (stored.size() - next) + " facts follow from nothing in the journal; first "
                    + stored.get(next));
        }
        return rebuild(runner, where, decided, stored);
    }

    private static List<String> rebuild(
            StageRunner runner, String where, MemoryState decided, List<SpecificRecord> facts) {
        MemoryState applied = new MemoryState();
        facts.forEach(fact -> runner.apply(applied, fact));
        return StateDifference.between(applied, decided).stream()
                .map(difference -> where + ": applied facts and decided state differ: " + difference)
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
