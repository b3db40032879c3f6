package dev.heed.runner.dataset;

import dev.heed.out.Delta;
import dev.heed.serde.StoreCodec;
import dev.heed.versions.StandingRows;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows on disk. */
record StoredRows(SortedStore.Table table) implements StandingRows {
    private static final StoreCodec<Delta> CODEC = StoreCodec.of(Delta.class);

    @Override
    public void put(Delta row) {
        table.put(row.getRowId(), CODEC.encode(row));
    }

    @Override
    public void remove(String rowId) {
        table.remove(rowId);
    }

    @Nullable Delta get(String rowId) {
        byte[] stored = table.get(rowId);
        return stored == null ? null : CODEC.decode(stored);
    }

    @Override
    public Stream<Delta> rows() {
        return table.entries().map(row -> CODEC.decode(row.getValue()));
    }
}
