package dev.heed.export;

import dev.heed.event.Split;
import dev.heed.out.DatasetVersion;

/**
 * What is to be written.
 *
 * @param version the sealed version
 * @param shape how its rows are told
 * @param split the side that is written
 * @param rowsPerFile most rows in one file of a Hugging Face layout, from 1
 */
public record ExportPlan(DatasetVersion version, Format format, Shape shape, Split split, int rowsPerFile) {
    /** Rows in one file unless told otherwise. */
    public static final int ROWS_PER_FILE = 100_000;

    /** Name of the side in files: train or holdout. */
    String splitName() {
        return split == Split.TRAIN ? "train" : "holdout";
    }

    /** Name of the dataset and its version, as in {@code preference-v3}. */
    String title() {
        return version.getDataset() + "-v" + version.getVersion();
    }

    /** Path of one data file, from the directory of the export. */
    String dataFile(int index, int files) {
        return switch (format) {
            case HF, TRL, JSONL ->
                "data/" + splitName() + "-" + five(index) + "-of-" + five(files)
                        + (format.isParquet() ? ".parquet" : ".jsonl");
            case LLAMA_FACTORY, AXOLOTL -> title() + "-" + splitName() + ".jsonl";
        };
    }

    /** Whether a data file of so many rows takes no more. */
    boolean fills(int rows) {
        return format != Format.LLAMA_FACTORY && format != Format.AXOLOTL && rows == rowsPerFile;
    }

    private static String five(int number) {
        String digits = String.valueOf(number);
        return "0".repeat(Math.max(0, 5 - digits.length())) + digits;
    }
}
