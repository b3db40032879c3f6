package dev.heed.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.registry.CatalogChange;
import dev.heed.registry.CatalogChange.IdsUsed;
import dev.heed.registry.CatalogChange.LevelSet;
import dev.heed.registry.CatalogChange.ModeSet;
import dev.heed.registry.CatalogChange.VersionRemoved;
import dev.heed.registry.CatalogChange.VersionWritten;
import dev.heed.registry.CompatibilityLevel;
import dev.heed.registry.RegisteredSchema;
import dev.heed.registry.RegistryMode;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemasTopicFormatTest {
    private static final VersionWritten WRITTEN =
            new VersionWritten(new RegisteredSchema("s", 2, 7, Schema.create(Schema.Type.STRING)), false);

    @Test
    void everyChangeComesBackAsItWas() throws IOException {
        List<CatalogChange> changes = List.of(
                WRITTEN,
                new VersionWritten(WRITTEN.version(), true),
                new VersionRemoved("s", 2),
                new LevelSet(null, CompatibilityLevel.FULL),
                new LevelSet("s", CompatibilityLevel.NONE),
                new LevelSet("s", null),
                new ModeSet(null, RegistryMode.READONLY),
                new ModeSet("s", null),
                new IdsUsed(9));
        for (CatalogChange change : changes) {
            assertThat(SchemasTopicFormat.change(SchemasTopicFormat.key(change), SchemasTopicFormat.value(change)))
                    .contains(change);
        }
    }

    @Test
    void keysAndValuesReadAsConfluents() {
        assertThat(SchemasTopicFormat.key(WRITTEN))
                .asString(UTF_8)
                .isEqualTo("{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":2,\"magic\":1}");
        assertThat(SchemasTopicFormat.value(WRITTEN))
                .asString(UTF_8)
                .isEqualTo(
                        "{\"subject\":\"s\",\"version\":2,\"id\":7,\"schema\":\"\\\"string\\\"\",\"deleted\":false}");
        assertThat(SchemasTopicFormat.key(new LevelSet(null, CompatibilityLevel.FULL)))
                .asString(UTF_8)
                .isEqualTo("{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}");
    }

    @Test
    void whatConfluentWritesBesidesIsPassedOver() throws IOException {
        assertThat(SchemasTopicFormat.change("{\"keytype\":\"CONTEXT\",\"magic\":0}".getBytes(UTF_8), null))
                .isEmpty();
        assertThat(SchemasTopicFormat.change("{\"keytype\":\"NOOP\",\"magic\":0}".getBytes(UTF_8), null))
                .contains(new IdsUsed(0));
    }
}
