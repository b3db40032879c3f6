package dev.heed.runner.evaluate.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class GateStudyTest {
    private final GateStudy study = new GateStudy(60, 120, 0.05, 7);

    @Test
    void wrongVerdictsAreRareInTheSecretOrderAndCommonOutOfIt() {
        List<GateStudy.Rate> rates = study.rates();
        assertThat(rates).hasSize(7).allSatisfy(rate -> {
            double error = StrictMath.sqrt(rate.atMost() * (1 - rate.atMost()) / rate.runs());
            assertThat(rate.wrong()).as(rate.what()).isLessThanOrEqualTo((int)
                    (rate.runs() * (rate.atMost() + 3 * error)));
        });
        assertThat(rates.get(3).what()).startsWith("the same bet on as it arrives");
        assertThat(rates.get(3).wrong()).isGreaterThan(30);
    }

    @Test
    void aRegressionOfTenPointsIsFoundOnOneOfEightSlices() {
        GateStudy.Regression regression = study.regression();
        assertThat(regression.found()).isGreaterThan(0.9);
        assertThat(regression.median()).isLessThan(400);
        assertThat(regression.namedMedian()).isGreaterThanOrEqualTo(regression.median());
    }
}
