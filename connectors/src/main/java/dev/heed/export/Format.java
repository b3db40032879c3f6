package dev.heed.export;

import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Who the files are for: which shapes there are, and what kind of file holds the rows. */
public enum Format {
    /** Parquet in the layout of a Hugging Face dataset, in the canonical shape or one of TRL's. */
    HF("hf", true, List.of(CanonicalShapes.ALL, TrlShapes.ALL)),
    /** As {@link #HF}, in JSON lines. */
    JSONL("jsonl", false, List.of(CanonicalShapes.ALL, TrlShapes.ALL)),
    /** As {@link #HF}, in a shape that TRL's trainers take. */
    TRL("trl", true, List.of(TrlShapes.ALL)),
    /** JSON lines and {@code dataset_info.json}. */
    LLAMA_FACTORY("llama-factory", false, List.of(LlamaFactoryShapes.ALL)),
    /** JSON lines and the part of the configuration that loads them. */
    AXOLOTL("axolotl", false, List.of(AxolotlShapes.ALL));

    private final String title;
    private final boolean parquet;
    private final List<Shape> shapes;

    Format(String title, boolean parquet, List<List<Shape>> shapes) {
        this.title = title;
        this.parquet = parquet;
        this.shapes = shapes.stream().flatMap(List::stream).toList();
    }

    /** How the command line names it. */
    public String title() {
        return title;
    }

    /** Whether rows are kept in Parquet rather than in JSON lines. */
    public boolean isParquet() {
        return parquet;
    }

    /** The shapes for a dataset, the one that is meant when none is named first; empty when there is none. */
    public List<Shape> shapes(Dataset dataset) {
        return shapes.stream().filter(shape -> shape.dataset() == dataset).toList();
    }

    /**
     * The shape of a name.
     *
     * @param name empty for the usual one
     * @throws ExportRefused when the format has no such shape for the dataset
     */
    public Shape shape(Dataset dataset, String name) {
        List<Shape> found = shapes(dataset);
        if (found.isEmpty()) {
            List<String> others = new ArrayList<>();
            for (Format format : values()) {
                if (!format.shapes(dataset).isEmpty()) {
                    others.add(format.title);
                }
            }
            throw new ExportRefused("--format: " + title + " has no shape for " + DatasetNames.of(dataset)
                    + " rows (expected: " + String.join(", ", others) + ")");
        }
        return found.stream()
                .filter(shape -> name.isEmpty() || shape.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ExportRefused("--shape: " + name + " (expected, for " + DatasetNames.of(dataset)
                        + " rows in " + title + ": "
                        + found.stream().map(Shape::name).collect(Collectors.joining(", ")) + ")"));
    }

    /**
     * The format of a title.
     *
     * @throws ExportRefused when there is none
     */
    public static Format of(String title) {
        List<String> titles = new ArrayList<>();
        for (Format format : values()) {
            if (format.title.equals(title)) {
                return format;
            }
            titles.add(format.title);
        }
        throw new ExportRefused("--format: " + title + " (expected: " + String.join(", ", titles) + ")");
    }
}
