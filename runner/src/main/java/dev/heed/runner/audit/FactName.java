package dev.heed.runner.audit;

import dev.heed.audit.AuditedLog;
import dev.heed.core.Stage;
import dev.heed.runner.Failure;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import java.util.List;
import java.util.stream.Collectors;

/** A fact by its place: {@code items/0/1234}. */
record FactName(AuditedLog log, int partition, long offset) {
    /** @throws Failure if it does not name one */
    static FactName parse(String text) {
        List<Stage> stages = LoopTopology.stages(new byte[LoopSettings.MIN_SEED_BYTES]);
        List<AuditedLog> logs = AuditedLog.of(stages).stream()
                .filter(each -> each.log().equals(AuditedLog.FACTS))
                .toList();
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 3) {
                for (AuditedLog log : logs) {
                    if (log.stage().equals(parts[0])) {
                        return new FactName(log, Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
                    }
                }
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new Failure("fact: " + text + " (expected: STAGE/PARTITION/OFFSET with a stage of "
                + logs.stream().map(AuditedLog::stage).collect(Collectors.joining(", ")) + ")");
    }

    @Override
    public String toString() {
        return log.stage() + "/" + partition + "/" + offset;
    }
}
