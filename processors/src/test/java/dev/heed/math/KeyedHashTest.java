package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedHashTest {
    private static final byte[] SEED = "Jefe".getBytes(StandardCharsets.UTF_8);

    @Test
    void isHmacSha256() {
        // RFC 4231, test case 2.
        assertThat(KeyedHash.hex(SEED, "what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(KeyedHash.bits(SEED, "what do ya want for nothing?")).isEqualTo(0x5bdcc146bf60754eL);
    }

    @Test
    void unitIsSpreadEvenlyFromZeroToBelowOne() {
        double[] units = IntStream.range(0, 10_000)
                .mapToDouble(i -> KeyedHash.unit(SEED, "item-" + i))
                .toArray();
        assertThat(Arrays.stream(units).allMatch(unit -> unit >= 0 && unit < 1)).isTrue();
        double mean = Arrays.stream(units).average().orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(0.01));
        assertThat(Arrays.stream(units).filter(u -> u < 0.05).count()).isBetween(430L, 570L);
    }

    @Test
    void eachSeedAndEachPurposeChoosesForItself() {
        byte[] other = "Jefe2".getBytes(StandardCharsets.UTF_8);
        assertThat(KeyedHash.unit(SEED, "a")).isNotEqualTo(KeyedHash.unit(other, "a"));
        assertThat(KeyedHash.unit(SEED, "explore", "a")).isNotEqualTo(KeyedHash.unit(SEED, "thin", "a"));
        assertThat(KeyedHash.hex(SEED, "explore", "a")).isEqualTo(KeyedHash.hex(SEED, "explore", "a"));
        assertThat(KeyedHash.bits(SEED, "ab", "c")).isNotEqualTo(KeyedHash.bits(SEED, "a", "bc"));
        assertThatThrownBy(() -> KeyedHash.bits(SEED, "a\0", "b")).hasMessageContaining("NUL");
    }
}
