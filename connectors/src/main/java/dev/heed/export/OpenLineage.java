package dev.heed.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.event.DatasetNames;
import dev.heed.out.DatasetVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Run events by the <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">OpenLineage specification 2-0-2</a>: a
 * START and a COMPLETE for each seal and each export. Datasets are named by its
 * <a href="https://openlineage.io/docs/spec/naming">naming rules</a> for Kafka and for files.
 *
 * @param broker namespace of the topics, for example {@code kafka://localhost:9092}
 * @param log full name of the topic of deltas
 * @param versions full name of the topic of versions
 */
public record OpenLineage(String broker, String log, String versions) {
    private static final String SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String VERSION_FACET =
            "https://openlineage.io/spec/facets/1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet";
    private static final String STATISTICS_FACET =
            "https://openlineage.io/spec/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet";
    private static final String PRODUCER = "urn:heed:dataset";
    private static final String NAMESPACE = "heed";

    /** The events of a seal, at the stage time of its last cut. */
    public List<ObjectNode> sealed(DatasetVersion version) {
        Instant at = Instant.ofEpochMilli(version.getSealedAtMs());
        String run = run("seal", version, at.toString());
        return List.of(
                event("START", at, run, "dataset.seal." + version.getDataset(), version), complete(at, run, version));
    }

    private ObjectNode complete(Instant at, String run, DatasetVersion version) {
        ObjectNode event = event("COMPLETE", at, run, "dataset.seal." + version.getDataset(), version);
        output(event, broker, versions, version, version.getRows());
        return event;
    }

    /**
     * The events of an export.
     *
     * @param directory absolute path of the export
     * @param rows rows written
     */
    public List<ObjectNode> exported(
            DatasetVersion version, String directory, long rows, Instant started, Instant finished) {
        String run = run("export", version, directory + started);
        String job = "dataset.export." + version.getDataset();
        ObjectNode complete = event("COMPLETE", finished, run, job, version);
        output(complete, "file", directory, version, rows);
        return List.of(event("START", started, run, job, version), complete);
    }

    private ObjectNode event(String type, Instant at, String run, String job, DatasetVersion version) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventType", type).put("eventTime", at.toString());
        event.putObject("run").put("runId", run);
        event.putObject("job").put("namespace", NAMESPACE).put("name", job);
        ObjectNode input = event.putArray("inputs").addObject();
        input.put("namespace", broker).put("name", log);
        facet(input.putObject("facets").putObject("version"), VERSION_FACET).put("datasetVersion", version.getRoot());
        event.putArray("outputs");
        return event.put("producer", PRODUCER).put("schemaURL", SCHEMA);
    }

    private static void output(ObjectNode event, String namespace, String name, DatasetVersion version, long rows) {
        ObjectNode output = ((ArrayNode) event.get("outputs")).addObject();
        output.put("namespace", namespace).put("name", name);
        facet(output.putObject("facets").putObject("version"), VERSION_FACET)
                .put("datasetVersion", DatasetNames.version(version.getDataset(), version.getVersion()));
        facet(output.putObject("outputFacets").putObject("outputStatistics"), STATISTICS_FACET)
                .put("rowCount", rows);
    }

    private static ObjectNode facet(ObjectNode facet, String schema) {
        return facet.put("_producer", PRODUCER).put("_schemaURL", schema);
    }

    /** The same run has the same id in both of its events, and in a repeat of them. */
    private static String run(String what, DatasetVersion version, String more) {
        String name = String.join("\n", what, version.getDataset(), version.getRoot(), more);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
