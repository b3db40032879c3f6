package dev.heed.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.out.DatasetVersion;
import java.time.Instant;
import java.util.List;

/**
 * Metadata in JSON-LD by the <a href="https://docs.mlcommons.org/croissant/docs/croissant-spec.html">Croissant format
 * 1.0</a> with the properties of its
 * <a href="https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html">RAI vocabulary 1.0</a> that follow from how
 * the loop works. What only people know, such as who the raters are, is left to them.
 */
final class Croissant {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String RECORDS = "rows";
    /** People wrote the texts for the product; nobody licensed them to others. */
    private static final String NO_PERMISSION = "https://choosealicense.com/no-permission/";

    private Croissant() {}

    static ObjectNode of(ExportPlan plan, List<DataFile> data) {
        DatasetVersion version = plan.version();
        ObjectNode node = NODES.objectNode();
        node.set("@context", context());
        node.put("@type", "sc:Dataset").put("name", plan.title());
        node.put(
                "description",
                "Version " + version.getVersion() + " of the dataset " + version.getDataset()
                        + ": training rows out of judged human feedback.");
        node.putArray("conformsTo")
                .add("http://mlcommons.org/croissant/1.0")
                .add("http://mlcommons.org/croissant/RAI/1.0");
        required(node, version);
        node.put("version", version.getVersion() + ".0.0");
        node.put("isLiveDataset", false);
        responsibility(node, version);
        ArrayNode distribution = node.putArray("distribution");
        data.forEach(file -> distribution.add(file(plan, file)));
        if (data.size() > 1) {
            distribution.add(fileSet(plan, data));
        }
        String source = data.size() > 1 ? "data-files" : data.get(0).path();
        ObjectNode records = node.putArray("recordSet").addObject();
        records.put("@type", "cr:RecordSet").put("@id", RECORDS).put("name", RECORDS);
        ArrayNode fields = records.putArray("field");
        plan.shape().columns().forEach(column -> fields.add(field(column, source, data.size() > 1)));
        return node;
    }

    private static ObjectNode context() {
        ObjectNode context = NODES.objectNode();
        context.put("@language", "en").put("@vocab", "https://schema.org/");
        for (String term : List.of(
                "citeAs",
                "column",
                "extract",
                "field",
                "fileObject",
                "fileProperty",
                "fileSet",
                "format",
                "includes",
                "isLiveDataset",
                "jsonPath",
                "key",
                "md5",
                "parentField",
                "path",
                "recordSet",
                "references",
                "regex",
                "repeated",
                "replace",
                "separator",
                "source",
                "subField",
                "transform")) {
            context.put(term, "cr:" + term);
        }
        context.put("conformsTo", "dct:conformsTo");
        context.put("cr", "http://mlcommons.org/croissant/");
        context.put("rai", "http://mlcommons.org/croissant/RAI/");
        context.put("dct", "http://purl.org/dc/terms/");
        context.put("sc", "https://schema.org/");
        context.putObject("data").put("@id", "cr:data").put("@type", "@json");
        context.putObject("dataType").put("@id", "cr:dataType").put("@type", "@vocab");
        context.putObject("examples").put("@id", "cr:examples").put("@type", "@json");
        return context;
    }

    /** What the specification requires of every dataset and only the operator knows better. */
    private static void required(ObjectNode node, DatasetVersion version) {
        node.put("license", NO_PERMISSION);
        node.put("url", "urn:heed:dataset:" + version.getDataset() + ":" + version.getRoot());
        node.putObject("creator").put("@type", "sc:Organization").put("name", "The operator of this Heed loop");
        node.put("datePublished", Instant.ofEpochMilli(version.getSealedAtMs()).toString());
    }

    private static void responsibility(ObjectNode node, DatasetVersion version) {
        node.put(
                "rai:dataCollection",
                "Exchanges of a product with its users, whose subjects had granted training when the version was sealed.");
        node.putArray("rai:dataCollectionType").add("Direct measurement").add("Manual Human Curator");
        node.put(
                "rai:dataAnnotationProtocol",
                "Labels by raters under rubrics " + version.getRubricVersions() + ", judged by policies "
                        + version.getPolicyVersions()
                        + " when one more label was worth less than its cost. Raters are weighted by what they got right.");
        node.put(
                "rai:dataAnnotationAnalysis",
                "Each row carries the belief in its judged class; rows below the policy's least belief are left out.");
        node.putArray("rai:machineAnnotationTools").add("heed");
        node.put(
                "rai:personalSensitiveInformation",
                "Text of users may hold personal data. Names of subjects are not part of it; a subject's erasure removes"
                        + " the text from every later export of this version.");
        node.put(
                "rai:dataLimitations",
                "Chosen by expected harm and value of a label, so not a random sample of the product's traffic.");
        node.put(
                "rai:dataReleaseMaintenancePlan",
                "Versions are sealed and never change but by erasure. Withdrawn rows are not in later versions.");
    }

    private static ObjectNode file(ExportPlan plan, DataFile file) {
        ObjectNode node = NODES.objectNode();
        node.put("@type", "cr:FileObject").put("@id", file.path()).put("name", file.path());
        node.put("contentUrl", file.path()).put("contentSize", file.bytes() + " B");
        node.put("encodingFormat", encoding(plan)).put("sha256", file.sha256());
        return node;
    }

    private static ObjectNode fileSet(ExportPlan plan, List<DataFile> data) {
        ObjectNode node = NODES.objectNode();
        node.put("@type", "cr:FileSet").put("@id", "data-files").put("name", "data-files");
        ArrayNode contained = node.putArray("containedIn");
        data.forEach(file -> contained.addObject().put("@id", file.path()));
        node.put("encodingFormat", encoding(plan));
        node.put("includes", "data/" + plan.splitName() + "-*");
        return node;
    }

    private static String encoding(ExportPlan plan) {
        return plan.format().isParquet() ? "application/x-parquet" : "application/jsonlines";
    }

    private static ObjectNode field(Column column, String source, boolean set) {
        ObjectNode node = NODES.objectNode();
        String id = RECORDS + "/" + column.name();
        node.put("@type", "cr:Field").put("@id", id).put("name", column.name());
        Column.Kind kind = column.kind();
        if (kind == Column.Kind.TEXTS || kind == Column.Kind.PAIRS || kind.isTurns()) {
            node.put("repeated", true);
        }
        if (kind.isTurns() || kind.isTurn()) {
            ArrayNode parts = node.putArray("subField");
            for (String part : List.of(kind.speaker(), kind.speech())) {
                ObjectNode sub = parts.addObject();
                sub.put("@type", "cr:Field")
                        .put("@id", id + "/" + part)
                        .put("name", part)
                        .put("dataType", "sc:Text");
                origin(sub, column, source, set)
                        .putArray("transform")
                        .addObject()
                        .put("jsonPath", part);
            }
            return node;
        }
        node.put("dataType", dataType(kind));
        origin(node, column, source, set);
        return node;
    }

    private static ObjectNode origin(ObjectNode field, Column column, String source, boolean set) {
        ObjectNode origin = field.putObject("source");
        origin.putObject(set ? "fileSet" : "fileObject").put("@id", source);
        origin.putObject("extract").put("column", column.name());
        return origin;
    }

    private static String dataType(Column.Kind kind) {
        return switch (kind) {
            case FLAG -> "sc:Boolean";
            case NUMBER -> "sc:Integer";
            case TEXT, TEXTS, PAIRS, MESSAGE, MESSAGES, SHARE, SHARES -> "sc:Text";
        };
    }
}
