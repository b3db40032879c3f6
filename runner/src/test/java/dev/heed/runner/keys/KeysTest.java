package dev.heed.runner.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.text.KeyRefused;
import dev.heed.text.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final String KEY = "0f".repeat(32);

    @TempDir
    private Path data = Path.of("");

    @Test
    void aDataDirectoryMakesItsKeyOnceForItsOwnerAlone() throws IOException {
        KeyFile made = KeyFile.in(data);

        assertThat(Files.getPosixFilePermissions(made.file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(KeyRing.of(KeyFile.in(data)).firstId())
                .isEqualTo(KeyRing.of(made).firstId());
    }

    @Test
    void theFirstOfSeveralIsTheNewest() throws IOException {
        String newer = "1e".repeat(32);
        KeyRing ring = KeyRing.of(file(newer + "\n" + KEY + "\n"));

        assertThat(ring.firstId()).isEqualTo(KeyRing.of(new KeyVariable(newer)).firstId());
        assertThat(ring.has(KeyRing.of(new KeyVariable(KEY)).firstId())).isTrue();
    }

    @Test
    void aKeyThatIsMissingOrShortOrNoneIsNamed() throws IOException {
        assertThatThrownBy(() -> KeyRing.of(new KeyFile(data.resolve("none"))))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("none: cannot be read (expected: the loop's key-encryption keys)");
        assertThatThrownBy(() -> KeyRing.of(file(KEY + "\n" + "0f".repeat(16))))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("heed.keys, key 2: 16 bytes (expected: 32 bytes");
        assertThatThrownBy(() -> KeyRing.of(file("\n"))).hasMessageContaining("no key (expected");
        assertThatThrownBy(() -> KeyRing.of(new KeyVariable("secret word")))
                .hasMessageContaining("HEED_KEYS, key 1: not hexadecimal digits")
                .hasMessageNotContaining("secret");
    }

    private KeyFile file(String text) throws IOException {
        return new KeyFile(Files.writeString(data.resolve(KeyFile.NAME), text));
    }
}
