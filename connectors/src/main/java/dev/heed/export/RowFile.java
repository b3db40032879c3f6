package dev.heed.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of rows being written. */
interface RowFile extends Closeable {
    /** @param values one for each column of the file */
    void write(List<@Nullable Object> values) throws IOException;
}
