package dev.heed.runner.evaluate;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on real sets, against figures of an independent implementation. */
class EvaluateLabelsIT {
    /** The reference is the plain formula's, of which the loop's rater matrices are no copy: half a point is allowed. */
    @ParameterizedTest
    @MethodSource("sets")
    void everySetThroughTheTopologyIsNoWorseThanTheReference(LabelReference reference) throws IOException {
        reference.check("driver", 0.005);
    }

    /** Several partitions take labels in another order, so a little more is allowed. */
    @ParameterizedTest
    @ValueSource(strings = {"bluebird", "barzan"})
    void aSetThroughABrokerIsNoWorseThanTheReference(String set) throws IOException {
        LabelReference.of(set).check("kafka", 0.01);
    }

    static List<LabelReference> sets() {
        return LabelReference.all();
    }
}
