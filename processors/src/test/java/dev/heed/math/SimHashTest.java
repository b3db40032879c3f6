package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.SharedFiles;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimHashTest {
    private static final SimHash HASH = new SimHash(new byte[] {1, 2, 3});
    private static final String TEXT = String.join(
            " ", IntStream.range(0, 60).mapToObj(i -> "word" + i * i % 97).toList());

    @Test
    void sipHashIsThePublishedOne() {
        SipHash sip = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        byte[] counting = new byte[15];
        for (byte i = 0; i < counting.length; i++) {
            counting[i] = i;
        }
        assertThat(sip.of(counting)).isEqualTo(0xa129ca6149be45e5L);
        assertThat(sip.of(new byte[0])).isEqualTo(0x726fdb47dd0e0e31L);
    }

    @Test
    void fingerprintsNeverChange() {
        assertThat(HASH.of("How can I kill a Python process?")).isEqualTo(-6362457980598311026L);
        assertThat(HASH.of(new double[] {0.5, -1, 0.25})).isEqualTo(-4367149585245403204L);
        assertThat(HASH.of(" ?! ")).isZero();
    }

    @Test
    void caseAndPunctuationDoNotMatter() {
        assertThat(HASH.of("How can I kill a Python process?")).isEqualTo(HASH.of("how can i KILL, a python process"));
    }

    @Test
    void alikeTextsAreNearAndOthersFar() {
        assertThat(SimHash.distance(HASH.of(TEXT), HASH.of(TEXT.replace("word36", "changed"))))
                .isLessThanOrEqualTo(12);
        List<Long> prompts = SharedFiles.csv("data/prompts_xstest.csv.gz").stream()
                .limit(100)
                .map(row -> HASH.of(row.get("prompt")))
                .toList();
        double sum = 0;
        for (int i = 0; i < prompts.size(); i += 2) {
            sum += SimHash.distance(prompts.get(i), HASH.of(TEXT));
        }
        assertThat(sum / 50).isBetween(28.0, 36.0);
    }

    @Test
    void anotherSeedGivesAnUnrelatedFingerprint() {
        long other = new SimHash(new byte[] {1, 2, 4}).of(TEXT);
        assertThat(SimHash.distance(HASH.of(TEXT), other)).isBetween(16, 48);
    }

    @Test
    void scriptsWithoutSpacesAreReadByCharacter() {
        assertThat(SimHash.words("Grüße, 東京へ!")).containsExactly("grüße", "東", "京", "へ");
        String japanese = "東京都知事は今日の会見で新しい計画について詳しく説明しました";
        assertThat(SimHash.distance(HASH.of(japanese), HASH.of(japanese.replace("今日", "昨日"))))
                .isLessThanOrEqualTo(16);
    }

    @Test
    void wordsBeyondTheLimitAreNotLookedAt() {
        String full = "a ".repeat(SimHash.MAX_WORDS);
        assertThat(SimHash.words(full + "b c 東")).hasSize(SimHash.MAX_WORDS);
        assertThat(HASH.of(full + "b c")).isEqualTo(HASH.of(full));
    }

    @Test
    void embeddingsThatPointTheSameWayAreNear() {
        double[] a = IntStream.range(0, 256).mapToDouble(StrictMath::sin).toArray();
        double[] b = IntStream.range(0, 256)
                .mapToDouble(i -> 3 * StrictMath.sin(i) + 0.1 * StrictMath.cos(i * i))
                .toArray();
        double[] c =
                IntStream.range(0, 256).mapToDouble(i -> -StrictMath.sin(i)).toArray();
        assertThat(SimHash.distance(HASH.of(a), HASH.of(b))).isLessThanOrEqualTo(8);
        assertThat(SimHash.distance(HASH.of(a), HASH.of(c))).isEqualTo(64);
        assertThatThrownBy(() -> HASH.of(new double[] {1, Double.NaN})).hasMessageContaining("dimension 1 is NaN");
    }
}
