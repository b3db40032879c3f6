package dev.heed.runner.dataset;

import dev.heed.runner.Failure;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * Tables of bytes by text keys, on disk and in bounded memory, for the time of one command: nothing in it survives the
 * process in a form that could be opened again. For one thread, whose interruption ends whatever it is doing here.
 */
final class SortedStore implements AutoCloseable {
    private static final long CACHE_BYTES = 16L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final int MOST_OPEN_FILES = 256;
    /** Bits per key of the filter that answers most look-ups of what is not there. */
    private static final int FILTER_BITS = 10;
    /** Values from this length on are written once, and not again when keys are sorted. */
    private static final long LONG_VALUE_BYTES = 1L << 10;

    /** Whose order as bytes is the order of texts in Java, which that of UTF-8 is not. */
    private static final Charset KEYS = StandardCharsets.UTF_16BE;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter(FILTER_BITS);
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final Options options;
    private final RocksDB database;
    private byte tables;

    /** @param directory a new one is made */
    SortedStore(Path directory) {
        this.options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxOpenFiles(MOST_OPEN_FILES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setEnableBlobFiles(true)
                .setMinBlobSize(LONG_VALUE_BYTES)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setFilterPolicy(filter));
        try {
            this.database = RocksDB.open(options, directory.toString());
        } catch (RocksDBException failed) {
            throw failure(failed);
        }
    }

    /** A new table. */
    Table table() {
        return new Table(tables++);
    }

    private static Failure failure(RocksDBException failed) {
        return new Failure("the store of this command on disk: " + failed.getMessage(), failed);
    }

    private static void check() {
        if (Thread.interrupted()) {
            throw new Failure("interrupted");
        }
    }

    @Override
    public void close() {
        database.close();
        options.close();
        unlogged.close();
        filter.close();
        cache.close();
    }

    /** Bytes by texts. */
    final class Table {
        private final byte prefix;

        private Table(byte prefix) {
            this.prefix = prefix;
        }

        byte @Nullable [] get(String key) {
            check();
            try {
                return database.get(inStore(key));
            } catch (RocksDBException failed) {
                throw failure(failed);
            }
        }

        boolean has(String key) {
            return get(key) != null;
        }

        void put(String key, byte[] value) {
            check();
            try {
                database.put(unlogged, inStore(key), value);
            } catch (RocksDBException failed) {
                throw failure(failed);
            }
        }

        void remove(String key) {
            check();
            try {
                database.delete(unlogged, inStore(key));
            } catch (RocksDBException failed) {
                throw failure(failed);
            }
        }

        /** All that was in the table when this was called, in the order of the keys. The stream must be closed. */
        Stream<Map.Entry<String, byte[]>> entries() {
            RocksIterator cursor = database.newIterator();
            cursor.seek(new byte[] {prefix});
            return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(
                                    new Entries(cursor), Spliterator.ORDERED | Spliterator.NONNULL),
                            false)
                    .onClose(cursor::close);
        }

        private byte[] inStore(String key) {
            byte[] text = key.getBytes(KEYS);
            byte[] bytes = new byte[text.length + 1];
            bytes[0] = prefix;
            System.arraycopy(text, 0, bytes, 1, text.length);
            return bytes;
        }

        private final class Entries implements Iterator<Map.Entry<String, byte[]>> {
            private final RocksIterator cursor;

            Entries(RocksIterator cursor) {
                this.cursor = cursor;
            }

            @Override
            public boolean hasNext() {
                check();
                if (cursor.isValid()) {
                    return cursor.key()[0] == prefix;
                }
                try {
                    cursor.status();
                } catch (RocksDBException failed) {
                    throw failure(failed);
                }
                return false;
            }

            @Override
            public Map.Entry<String, byte[]> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the table has no more");
                }
                byte[] key = cursor.key();
                Map.Entry<String, byte[]> entry = Map.entry(new String(key, 1, key.length - 1, KEYS), cursor.value());
                cursor.next();
                return entry;
            }
        }
    }
}
