package dev.heed.export;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Rows as Parquet, by parquet-java without Hadoop at run time: its own configuration and file classes, and a codec of
 * ours. The bytes depend on the rows alone.
 */
final class ParquetFile implements RowFile {
    /** Zstandard's usual level; another gives other bytes. */
    private static final int LEVEL = 3;

    /** What is held in memory of a file that is being written, and by whoever reads one of its rows. */
    private static final long ROW_GROUP_BYTES = 32L << 20;

    /** Rows between two looks at how much is held: the library's own bounds let rows of a megabyte pile up. */
    private static final int LEAST_BETWEEN_LOOKS = 10;

    private static final int MOST_BETWEEN_LOOKS = 100;

    private final ParquetWriter<List<@Nullable Object>> writer;

    ParquetFile(Path file, List<Column> columns) throws IOException {
        this.writer = new Builder(new LocalOutputFile(file), columns)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ZstandardOnly())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withMinRowCountForPageSizeCheck(LEAST_BETWEEN_LOOKS)
                .withMaxRowCountForPageSizeCheck(MOST_BETWEEN_LOOKS)
                .build();
    }

    @Override
    public void write(List<@Nullable Object> values) throws IOException {
        writer.write(values);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<List<@Nullable Object>, Builder> {
        private final List<Column> columns;

        Builder(OutputFile file, List<Column> columns) {
            super(file);
            this.columns = columns;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<List<@Nullable Object>> getWriteSupport(ParquetConfiguration configuration) {
            return new ParquetRows(columns);
        }

        @Override
        @Deprecated // the library asks for it, and never calls it under a configuration of its own
        protected WriteSupport<List<@Nullable Object>> getWriteSupport(Configuration hadoop) {
            throw new IllegalStateException("Hadoop is not used");
        }
    }

    /** The library's own codec for Zstandard is one of Hadoop's. */
    private static final class ZstandardOnly implements CompressionCodecFactory {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            if (codec != CompressionCodecName.ZSTD) {
                throw new IllegalArgumentException(
                        "codec: " + codec + " (expected: " + CompressionCodecName.ZSTD + ")");
            }
            return new BytesInputCompressor() {
                @Override
                public BytesInput compress(BytesInput bytes) throws IOException {
                    return BytesInput.from(Zstd.compress(bytes.toByteArray(), LEVEL));
                }

                @Override
                public CompressionCodecName getCodecName() {
                    return CompressionCodecName.ZSTD;
                }

                @Override
                public void release() {
                    // holds nothing
                }
            };
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("rows are only written");
        }

        @Override
        public void release() {
            // holds nothing
        }
    }
}
