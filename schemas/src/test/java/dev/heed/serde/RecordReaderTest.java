package dev.heed.serde;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.state.NearBucket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    @Test
    void aListThatCannotFitIsUndecodableAndTakesNoRoom() {
        // The count 2^30 in Avro's zigzag form, behind five bytes of header.
        byte[] record = {0, 0, 0, 0, 1, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08};
        RecordReader<NearBucket> reader =
                RecordReader.of(1, NearBucket.getClassSchema(), Optional.of(NearBucket.class));
        assertThatThrownBy(() -> reader.read(record))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("SystemLimitException");
    }
}
