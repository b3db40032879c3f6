package dev.heed.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.sample.Certainty;
import dev.heed.sample.Sighting;
import org.apache.avro.util.ClassUtils;
import org.junit.jupiter.api.Test;

class GeneratedClassesTest {
    @Test
    void buildersFillInDefaultsOfGeneratedTypes() {
        Sighting built = Sighting.newBuilder().setBird("wren").setSeenAtMs(1).build();
        assertThat(built.getCertainty()).isEqualTo(Certainty.UNKNOWN);
        assertThat(Sighting.newBuilder(built).build()).isEqualTo(built);
    }

    @Test
    void otherClassesStayForbidden() {
        assertThatThrownBy(() -> ClassUtils.forName("java.lang.ProcessBuilder")).isInstanceOf(SecurityException.class);
    }
}
