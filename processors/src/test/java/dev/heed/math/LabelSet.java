package dev.heed.math;

import dev.heed.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real label set. A worker who labels an item again replaces the earlier label; gold is for scoring only.
 *
 * @param classes sorted as strings
 * @param labels in the order of the file
 * @param gold item to known class
 */
public record LabelSet(List<String> classes, List<Label> labels, Map<String, String> gold) {
    public record Label(String item, String worker, String label) {}

    public static LabelSet read(String name) {
        Map<String, Label> labels = new LinkedHashMap<>();
        Map<String, String> gold = new LinkedHashMap<>();
        for (SharedFiles.Row row : SharedFiles.csv("data/" + name + ".csv.gz")) {
            String item = row.get("item_id");
            String worker = row.get("worker_id");
            labels.put(item + "|" + worker, new Label(item, worker, row.get("label")));
            if (!row.get("gold").isEmpty()) {
                gold.put(item, row.get("gold"));
            }
        }
        List<String> classes =
                labels.values().stream().map(Label::label).distinct().sorted().toList();
        return new LabelSet(classes, List.copyOf(labels.values()), gold);
    }

    /** The labels in the order in which reference values had them arrive, one order for each seed. */
    public List<Label> arrivals(int seed) {
        List<Label> arrivals = new ArrayList<>(labels);
        arrivals.sort(Comparator.comparing(label -> sha256(seed + "|" + label.item() + "|" + label.worker())));
        return arrivals;
    }

    private static String sha256(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
