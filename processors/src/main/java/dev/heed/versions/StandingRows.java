package dev.heed.versions;

import dev.heed.out.Delta;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rows of a version that stand, each as its latest delta, in whatever holds them. */
public interface StandingRows {
    /** Takes a row, in place of the earlier one of its id. */
    void put(Delta row);

    /** Takes a row away, if it is there. */
    void remove(String rowId);

    /** All rows, in the order of their ids. The stream must be closed. */
    Stream<Delta> rows();

    /** Rows held in memory. */
    static StandingRows inMemory() {
        Map<String, Delta> rows = new TreeMap<>();
        return new StandingRows() {
            @Override
            public void put(Delta row) {
                rows.put(row.getRowId(), row);
            }

            @Override
            public void remove(String rowId) {
                rows.remove(rowId);
            }

            @Override
            public Stream<Delta> rows() {
                return rows.values().stream();
            }
        };
    }
}
