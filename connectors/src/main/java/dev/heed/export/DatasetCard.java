package dev.heed.export;

import dev.heed.event.Dataset;
import dev.heed.out.ClassCount;
import dev.heed.out.DatasetVersion;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The card of an export: YAML front matter that the datasets library reads, by
 * <a href="https://huggingface.co/docs/hub/datasets-manual-configuration">Manual configuration</a>, and the facts of the
 * version for people.
 */
final class DatasetCard {
    private DatasetCard() {}

    static String of(ExportPlan plan, int written, int erased, int unfit, List<DataFile> data) {
        return frontMatter(plan, written, data) + body(plan, written, erased, unfit);
    }

    private static String frontMatter(ExportPlan plan, int written, List<DataFile> data) {
        String files = data.stream().map(file -> "    - " + file.path() + "\n").collect(Collectors.joining());
        return "---\n"
                + "pretty_name: " + plan.title() + "\n"
                + "license: other\n"
                + "task_categories:\n- " + task(plan.shape().dataset()) + "\n"
                + "size_categories:\n- " + size(written) + "\n"
                + "tags:\n- human-feedback\n"
                + (plan.format() == Format.TRL ? "- trl\n" : "")
                + "configs:\n"
                + "- config_name: default\n"
                + "  data_files:\n"
                + "  - split: " + plan.splitName() + "\n"
                + "    path:\n"
                + files
                + "---\n\n";
    }

    private static String body(ExportPlan plan, int written, int erased, int unfit) {
        DatasetVersion version = plan.version();
        StringBuilder text = new StringBuilder();
        text.append("# ").append(plan.title()).append("\n\n");
        text.append("Version ")
                .append(version.getVersion())
                .append(" of the dataset `")
                .append(version.getDataset());
        text.append("`, in the shape `")
                .append(plan.shape().name())
                .append("` of ")
                .append(plan.format().title());
        text.append(".\n\n| | |\n|---|---|\n");
        row(text, "rows written", written);
        row(text, "rows erased since it was sealed", erased);
        row(text, "rows that this shape cannot tell", unfit);
        row(text, "training rows sealed", version.getRows());
        row(text, "rows held out", version.getHoldoutRows());
        row(text, "root", "`" + version.getRoot() + "`");
        row(text, "parent", version.getParent() == null ? "none" : "version " + version.getParent());
        row(text, "policies", version.getPolicyVersions());
        row(text, "rubrics", version.getRubricVersions());
        text.append("\n## Class balance\n\n| class | training rows | held out |\n|---|---|---|\n");
        for (ClassCount count : version.getClasses()) {
            text.append("| ")
                    .append(count.getClassName())
                    .append(" | ")
                    .append(count.getRows())
                    .append(" | ");
            text.append(count.getHoldoutRows()).append(" |\n");
        }
        text.append("\n`")
                .append(ExportDirectory.MANIFEST)
                .append("` lists every row with its hash and what became of");
        text.append(" it.\n");
        if (plan.splitName().equals("holdout")) {
            text.append("\nThese rows are held out. They are for evaluation and must not train a model.\n");
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static String task(Dataset dataset) {
        return dataset == Dataset.GUARDRAIL ? "text-classification" : "text-generation";
    }

    /** The size classes of the hub. */
    private static String size(int rows) {
        if (rows < 1_000) {
            return "n<1K";
        }
        if (rows < 10_000) {
            return "1K<n<10K";
        }
        if (rows < 100_000) {
            return "10K<n<100K";
        }
        return rows < 1_000_000 ? "100K<n<1M" : "1M<n<10M";
    }
}
