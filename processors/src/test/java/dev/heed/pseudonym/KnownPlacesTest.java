package dev.heed.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.text.KeyRing;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KnownPlacesTest {
    private static final long KIM = 0x4000000000000001L;
    private static final long LEE = 0x4000000000000002L;
    private static final long PAT = 0x9000000000000000L;

    private final KnownPlaces places = new KnownPlaces();
    private final byte[] root = KeyRing.draw();

    @Test
    void aPlaceThatIsGivenUpTakesWithItWhatWasComputedFromIt() {
        places.set(Prefix.ROOT, root);
        byte[] lee = places.leaf(LEE);
        byte[] pat = places.leaf(PAT);
        byte[] kim = places.leaf(KIM);
        assertThat(places.kept()).containsOnlyKeys(KIM, LEE, PAT);

        byte[] drawn = KeyRing.draw();
        places.set(Prefix.drawn(KIM), drawn);
        assertThat(places.kept()).as("only the old leaf").containsOnlyKeys(LEE, PAT);
        assertThat(places.leaf(KIM)).isEqualTo(drawn).isNotEqualTo(kim);

        KeyTree.siblings(Prefix.ROOT, root, KIM).forEach(places::set);
        places.set(Prefix.ROOT, null);
        assertThat(places.kept()).isEmpty();
        assertThat(places.leaf(KIM)).isEqualTo(drawn);
        assertThat(places.leaf(LEE)).isEqualTo(lee);
        assertThat(places.leaf(PAT)).isEqualTo(pat);

        Prefix right = Prefix.of(PAT, 1);
        places.set(right, Objects.requireNonNull(places.all().get(right)).clone());
        assertThat(places.kept()).as("the same was written again").containsOnlyKeys(KIM, LEE, PAT);
        places.set(right, null);
        assertThat(places.kept()).as("nobody else is below it").containsOnlyKeys(KIM, LEE);
        assertThatThrownBy(() -> places.leaf(PAT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasGivenUpWhileALeafWasComputedIsNotKept() {
        places.set(Prefix.ROOT, root);
        Map.Entry<Prefix, byte[]> from = Objects.requireNonNull(places.longest(KIM, Prefix.DRAWN));
        places.set(Prefix.drawn(KIM), KeyRing.draw());

        places.keep(KIM, KeyTree.leaf(Prefix.ROOT, root, KIM), from);
        assertThat(places.kept()).isEmpty();
        places.keep(LEE, KeyTree.leaf(Prefix.ROOT, root, LEE), from);
        assertThat(places.kept()).containsOnlyKeys(LEE);
    }

    /** Known are the leaves themselves, so that nothing has to be computed. */
    @Test
    void thoseNotAskedForTheLongestMakeRoom() {
        byte[] leaf = KeyRing.draw();
        for (long path = 0; path <= KnownPlaces.MAX_LEAVES; path++) {
            places.set(Prefix.of(path, Prefix.PATH), leaf);
        }
        for (long path = 0; path < KnownPlaces.MAX_LEAVES; path++) {
            places.leaf(path);
        }
        places.leaf(0);
        places.leaf(KnownPlaces.MAX_LEAVES);

        assertThat(places.kept())
                .hasSize(KnownPlaces.MAX_LEAVES)
                .containsKeys(0L, 2L, (long) KnownPlaces.MAX_LEAVES)
                .doesNotContainKey(1L);
    }
}
