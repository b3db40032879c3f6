package dev.heed.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.registry.CatalogRules.Registration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogRulesTest {
    private static final Schema ONE = record("{\"name\": \"a\", \"type\": \"int\", \"default\": 0}");
    private static final Schema TWO = record(
            "{\"name\": \"a\", \"type\": \"int\", \"default\": 0}, {\"name\": \"b\", \"type\": \"int\", \"default\": 1}");
    private static final Schema BAD = record("{\"name\": \"a\", \"type\": \"string\"}");

    private final SchemaCatalog catalog = new SchemaCatalog(CompatibilityLevel.FULL_TRANSITIVE);
    private final CatalogRules rules = new CatalogRules(catalog);
    private final List<CatalogChange> log = new ArrayList<>();

    @AfterEach
    void theSameChangesGiveTheSameCatalogue() {
        SchemaCatalog again = new SchemaCatalog(CompatibilityLevel.FULL_TRANSITIVE);
        log.forEach(again::apply);
        assertThat(again.subjects(true)).isEqualTo(catalog.subjects(true));
        for (String subject : again.subjects(true)) {
            assertThat(again.versions(subject, true)).isEqualTo(catalog.versions(subject, true));
            assertThat(again.history(subject, false)).isEqualTo(catalog.history(subject, false));
        }
        assertThat(again.highestId()).isEqualTo(catalog.highestId());
        assertThat(again.level()).isEqualTo(catalog.level());
        assertThat(again.mode()).isEqualTo(catalog.mode());
    }

    @Test
    void versionsCountPerSubjectIdsOverAll() {
        assertThat(register("x", ONE)).isEqualTo(new RegisteredSchema("x", 1, 1, ONE));
        assertThat(register("x", TWO)).isEqualTo(new RegisteredSchema("x", 2, 2, TWO));
        assertThat(register("y", TWO)).isEqualTo(new RegisteredSchema("y", 1, 2, TWO));
        assertThat(catalog.subjects(false)).containsExactly("x", "y");
        assertThat(catalog.versionsOf(2, false))
                .extracting(RegisteredSchema::subject)
                .containsExactly("x", "y");
    }

    @Test
    void registeringAgainChangesNothing() {
        register("x", ONE);
        register("x", TWO);
        Registration again = rules.register("x", ONE);
        assertThat(again.changes()).isEmpty();
        assertThat(again.version().version()).isEqualTo(1);
    }

    @Test
    void anIncompatibleSchemaIsRefusedWithEveryReason() {
        register("x", ONE);
        register("x", TWO);
        assertCode(409, () -> rules.register("x", BAD));
        assertThat(rules.conflicts("x", BAD))
                .anyMatch(reason -> reason.startsWith("new schema cannot read version 1: TYPE_MISMATCH"))
                .anyMatch(reason -> reason.startsWith("version 2 cannot read new schema: TYPE_MISMATCH"));
        assertThat(rules.conflicts("x", 1, TWO)).isEmpty();

        keep(rules.setLevel("x", CompatibilityLevel.NONE));
        assertThat(register("x", BAD).version()).isEqualTo(3);
        assertThat(rules.levelFor("y")).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
    }

    @Test
    void transitiveLevelsLookAtAllVersionsOthersAtTheLast() {
        keep(rules.setLevel(null, CompatibilityLevel.BACKWARD));
        register("x", record("{\"name\": \"a\", \"type\": \"int\"}"));
        register("x", record(""));
        Schema third = record("{\"name\": \"a\", \"type\": \"string\", \"default\": \"\"}");
        assertThat(rules.conflicts("x", third)).isEmpty();
        keep(rules.setLevel(null, CompatibilityLevel.BACKWARD_TRANSITIVE));
        assertThat(rules.conflicts("x", third)).hasSize(1);
    }

    @Test
    void softDeletionKeepsTheIdReadableAndTheVersionNumberUsed() {
        register("x", ONE);
        register("x", TWO);
        keep(rules.deleteVersion("x", SchemaCatalog.LATEST, false));

        assertThat(catalog.version("x", SchemaCatalog.LATEST, false).version()).isEqualTo(1);
        assertCode(40402, () -> catalog.version("x", 2, false));
        assertThat(catalog.byId(2)).isEqualTo(TWO);
        assertCode(40406, () -> rules.deleteVersion("x", 2, false));
        assertThat(register("x", TWO)).isEqualTo(new RegisteredSchema("x", 3, 2, TWO));
    }

    @Test
    void permanentDeletionNeedsASoftOneFirstAndNeverFreesAnId() {
        register("x", ONE);
        register("x", TWO);
        assertCode(40405, () -> rules.deleteSubject("x", true));
        assertCode(40407, () -> rules.deleteVersion("x", 2, true));
        keep(rules.deleteSubject("x", false));
        assertCode(40404, () -> rules.deleteSubject("x", false));
        assertThat(catalog.subjects(false)).isEmpty();
        assertThat(catalog.subjects(true)).containsExactly("x");
        keep(rules.deleteSubject("x", true));

        assertThat(catalog.subjects(true)).isEmpty();
        assertCode(40403, () -> catalog.byId(2));
        assertThat(register("x", TWO)).isEqualTo(new RegisteredSchema("x", 1, 3, TWO));
    }

    @Test
    void readOnlyRefusesChangesButNotWhatIsThere() {
        register("x", ONE);
        keep(rules.setMode("x", RegistryMode.READONLY));
        assertThat(rules.register("x", ONE).changes()).isEmpty();
        assertCode(42205, () -> rules.register("x", TWO));
        assertCode(42205, () -> rules.deleteSubject("x", false));
        assertThat(register("y", ONE).id()).isEqualTo(1);
        keep(rules.setMode("x", null));
        assertThat(register("x", TWO).version()).isEqualTo(2);
    }

    @Test
    void whatIsNotThereHasItsOwnCode() {
        assertCode(40401, () -> catalog.versions("x", false));
        assertCode(40401, () -> rules.deleteSubject("x", false));
        assertCode(40401, () -> rules.conflicts("x", 1, ONE));
        assertThat(rules.conflicts("x", SchemaCatalog.LATEST, ONE)).isEmpty();
        register("x", ONE);
        assertCode(40402, () -> catalog.version("x", 9, false));
        assertCode(40403, () -> catalog.lookup("x", TWO, false));
        assertCode(40403, () -> catalog.byId(9));
        assertCode(42201, () -> SchemaText.offered("{\"type\": \"nothing\"}"));
        assertCode(42203, () -> CompatibilityLevel.named("SOMETIMES"));
        assertCode(42204, () -> RegistryMode.named("SOMETIMES"));
    }

    private RegisteredSchema register(String subject, Schema schema) {
        Registration registration = rules.register(subject, schema);
        keep(registration.changes());
        return registration.version();
    }

    private void keep(List<CatalogChange> changes) {
        changes.forEach(catalog::apply);
        log.addAll(changes);
    }

    private static void assertCode(int code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RegistryException.class, refused -> assertThat(refused.errorCode())
                        .isEqualTo(code));
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"t\", \"fields\": [" + fields + "]}");
    }
}
