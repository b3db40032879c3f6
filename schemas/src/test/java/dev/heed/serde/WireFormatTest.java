package dev.heed.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    @Test
    void headerIsZeroThenTheIdWithTheHighestByteFirst() {
        assertThat(WireFormat.header(0x01020304)).containsExactly(0, 1, 2, 3, 4);
        assertThat(WireFormat.header(200)).containsExactly(0, 0, 0, 0, (byte) 200);
    }

    @Property
    void everyIdComesBack(@ForAll int id) {
        assertThat(WireFormat.schemaId(WireFormat.header(id))).isEqualTo(id);
    }

    @Test
    void jsonIsRecognised() {
        assertThatThrownBy(() -> WireFormat.schemaId("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("found first byte 0x7b, which looks like JSON (expected: 0x00, then a 4-byte schema id)");
    }

    @Test
    void tooShortIsRefused() {
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[] {0, 0, 1}))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("found 3 bytes (expected: at least 5, 0x00 and a 4-byte schema id)");
    }
}
