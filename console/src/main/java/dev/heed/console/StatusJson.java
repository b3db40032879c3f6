package dev.heed.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.json.JsonWriter;
import dev.heed.topology.Flow;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The status for machines: counts, and the latest records in their schemas' own field names. */
final class StatusJson {
    private StatusJson() {}

    static ObjectNode of(StatusBoard.Snapshot status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("title", status.title());
        ObjectNode records = json.putObject("records");
        status.records().forEach((channel, count) -> records.put(channel.baseName(), count));
        ObjectNode refusals = json.putObject("dead_letters_by_reason");
        status.refusals().forEach(refusals::put);
        Flow flow = status.flow();
        if (flow != null) {
            json.putObject("flow")
                    .put("held_back", flow.heldBack())
                    .put("unread_records", flow.unread())
                    .put("most_unread_records", flow.most());
        }
        add(json.putArray("latest_escalations"), status.escalations());
        add(json.putArray("latest_judgments"), status.judgments());
        add(json.putArray("prices"), status.prices());
        add(json.putArray("gate_verdicts"), status.gates());
        return json;
    }

    private static void add(ArrayNode array, List<? extends SpecificRecord> records) {
        records.forEach(each -> array.add(JsonWriter.write(each)));
    }
}
