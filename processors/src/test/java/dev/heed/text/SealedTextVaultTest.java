package dev.heed.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Outgoing;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SealedTextVaultTest {
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);
    private static final byte[] TEXT = "The tide follows the moon.".getBytes(StandardCharsets.UTF_8);

    private final SealedTextVault vault = new SealedTextVault(KeyRing.of(() -> List.of(OLD)));

    /** The two records that keep a text. */
    private record Kept(Content content, ContentKey key) {
        static Kept by(TextVault vault, String part) {
            List<Outgoing> records = vault.keep("i1", part, TextVault.TEXT, TEXT);
            assertThat(records).extracting(Outgoing::key).containsOnly("i1|" + part);
            assertThat(records).extracting(Outgoing::partitionKey).containsOnly("i1");
            return new Kept((Content) Objects.requireNonNull(records.get(1).value()), (ContentKey)
                    Objects.requireNonNull(records.get(0).value()));
        }
    }

    @Test
    void whatIsKeptIsReadWithItsKeyAndNotWithoutIt() {
        Kept kept = Kept.by(vault, "prompt");

        assertThat(vault.open(kept.content(), kept.key())).isEqualTo(TEXT);
        assertThat(vault.open(kept.content(), null)).isNull();
        assertThat(new String(TextVault.copy(kept.content().getBytes()), StandardCharsets.ISO_8859_1))
                .doesNotContain("tide");
    }

    @Test
    void thePartIsPartOfTheSeal() {
        Kept prompt = Kept.by(vault, "prompt");
        Kept answer = Kept.by(vault, "candidate|a");
        Content renamed = Content.newBuilder(answer.content()).setPart("prompt").build();

        assertThat(vault.open(answer.content(), answer.key())).isEqualTo(TEXT);
        assertThat(vault.open(prompt.content(), Kept.by(vault, "prompt").key()))
                .as("another data key of the same part")
                .isNull();
        assertThatThrownBy(() -> vault.open(renamed, answer.key())).isInstanceOf(KeyRefused.class);
    }

    @Test
    void eachPartHasItsOwnRandomKey() {
        assertThat(Kept.by(vault, "prompt").content().getBytes())
                .isNotEqualTo(Kept.by(vault, "prompt").content().getBytes());
    }

    @Test
    void anOlderKeyGoesOnOpening() {
        Kept before = Kept.by(vault, "prompt");
        SealedTextVault after = new SealedTextVault(KeyRing.of(() -> List.of(NEW, OLD)));

        assertThat(after.open(before.content(), before.key())).isEqualTo(TEXT);
        assertThat(Kept.by(after, "prompt").key().getKeyId())
                .isNotEqualTo(before.key().getKeyId());
    }

    @Test
    void aWrongKeyIsNamedByItsIdAndLosesNothing() {
        Kept kept = Kept.by(vault, "prompt");
        KeyRing wrong = KeyRing.of(() -> List.of(NEW));

        assertThatThrownBy(() -> new SealedTextVault(wrong).open(kept.content(), kept.key()))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("the data key of i1|prompt")
                .hasMessageContaining(kept.key().getKeyId())
                .hasMessageContaining(wrong.firstId())
                .hasMessageNotContaining(HexFormat.of().formatHex(NEW));
    }

    @Test
    void aChangedKeyIsRefusedAndAChangedTextIsNotRead() {
        Kept kept = Kept.by(vault, "prompt");
        kept.content().setBytes(flipped(kept.content().getBytes()));
        assertThat(vault.open(kept.content(), kept.key())).isNull();

        kept.key().setWrappedKey(flipped(kept.key().getWrappedKey()));
        assertThatThrownBy(() -> vault.open(kept.content(), kept.key()))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void aRingNeedsAWholeKey() {
        assertThatThrownBy(() -> KeyRing.of(List::of)).hasMessageContaining("none (expected");
        assertThatThrownBy(() -> KeyRing.of(() -> List.of(new byte[31])))
                .hasMessageContaining("31 bytes (expected: 32");
    }

    private static ByteBuffer flipped(ByteBuffer bytes) {
        byte[] copy = TextVault.copy(bytes);
        copy[copy.length - 1] ^= 1;
        return ByteBuffer.wrap(copy);
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[KeyRing.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
