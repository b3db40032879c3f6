package dev.heed.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFileTest {
    private static final Column PAIRS = new Column("history", Column.Kind.PAIRS);
    private static final List<Column> COLUMNS =
            List.of(Column.text("id"), Column.flag("good"), Column.number("n"), Column.messages("prompt"), PAIRS);

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = write("a.parquet");

        List<Group> rows = read(file);

        assertThat(rows).hasSize(2);
        Group first = rows.get(0);
        assertThat(first.getString("id", 0)).isEqualTo("a\u00e9\ud83d\ude00");
        assertThat(first.getBoolean("good", 0)).isTrue();
        assertThat(first.getLong("n", 0)).isEqualTo(7);
        Group turns = first.getGroup("prompt", 0);
        assertThat(turns.getFieldRepetitionCount("list")).isEqualTo(4);
        Group third = turns.getGroup("list", 2).getGroup("element", 0);
        assertThat(third.getString("role", 0)).isEqualTo("assistant");
        assertThat(third.getString("content", 0)).isEqualTo("Hello");
        Group pair = first.getGroup("history", 0).getGroup("list", 0).getGroup("element", 0);
        assertThat(pair.getGroup("list", 1).getString("element", 0)).isEqualTo("Hello");
    }

    @Test
    void nothingIsNotTheSameAsAnEmptyList() throws IOException {
        Group second = read(write("a.parquet")).get(1);

        assertThat(second.getFieldRepetitionCount("id")).isZero();
        assertThat(second.getFieldRepetitionCount("good")).isZero();
        assertThat(second.getFieldRepetitionCount("prompt")).isZero();
        assertThat(second.getGroup("history", 0).getFieldRepetitionCount("list"))
                .isZero();
    }

    @Test
    void theSameRowsAreTheSameBytes() throws IOException {
        assertThat(Files.readAllBytes(write("a.parquet"))).isEqualTo(Files.readAllBytes(write("b.parquet")));
    }

    private Path write(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        try (RowFile out = new ParquetFile(file, COLUMNS)) {
            out.write(List.of("a\u00e9\ud83d\ude00", true, 7L, Rows.TUTOR, Conversation.history(Rows.TUTOR)));
            out.write(Arrays.asList(null, null, null, null, List.of()));
        }
        return file;
    }

    private static List<Group> read(Path file) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Unpack())
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            PageReadStore pages = reader.readNextRowGroup();
            RecordReader<Group> records =
                    new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, new GroupRecordConverter(schema));
            List<Group> rows = new ArrayList<>();
            for (long i = 0; i < pages.getRowCount(); i++) {
                rows.add(records.read());
            }
            return rows;
        }
    }

    /** The reader's side of the codec. */
    private static final class Unpack implements CompressionCodecFactory {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("rows are only read");
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            assertThat(codec).isEqualTo(CompressionCodecName.ZSTD);
            return new BytesInputDecompressor() {
                @Override
                public BytesInput decompress(BytesInput bytes, int size) throws IOException {
                    return BytesInput.from(Zstd.decompress(bytes.toByteArray(), size));
                }

                @Override
                public void decompress(ByteBuffer packed, int packedSize, ByteBuffer out, int size) {
                    throw new UnsupportedOperationException("only from arrays");
                }

                @Override
                public void release() {
                    // holds nothing
                }
            };
        }

        @Override
        public void release() {
            // holds nothing
        }
    }
}
