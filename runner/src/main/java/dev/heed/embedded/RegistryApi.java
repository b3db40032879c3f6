package dev.heed.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heed.registry.CatalogChange;
import dev.heed.registry.CatalogRules;
import dev.heed.registry.CatalogRules.Registration;
import dev.heed.registry.CompatibilityLevel;
import dev.heed.registry.RegisteredSchema;
import dev.heed.registry.RegistryError;
import dev.heed.registry.RegistryMode;
import dev.heed.registry.SchemaCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The REST API of Confluent's registry over a catalogue: which request asks what, and how the answer reads. */
final class RegistryApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANY = "*";

    private final SchemaCatalog catalog;
    private final CatalogRules rules;
    private final Consumer<List<CatalogChange>> keep;
    private final List<Route> routes = new ArrayList<>();

    private record Route(String method, List<String> pattern, Function<RegistryRequest, JsonNode> handler) {
        boolean matches(List<String> path) {
            if (path.size() != pattern.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!pattern.get(i).equals(ANY) && !pattern.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param keep writes changes down, and returns when the catalogue has taken them in */
    RegistryApi(SchemaCatalog catalog, Consumer<List<CatalogChange>> keep) {
        this.catalog = catalog;
        this.rules = new CatalogRules(catalog);
        this.keep = keep;
        routeSubjects();
        routeSchemas();
        routeCompatibility();
        routeSettings();
    }

    /**
     * The answer to a request.
     *
     * @throws dev.heed.registry.RegistryException the refusal
     */
    JsonNode answer(RegistryRequest request) {
        List<Route> found =
                routes.stream().filter(route -> route.matches(request.path())).toList();
        if (found.isEmpty()) {
            throw RegistryError.NOT_FOUND.because("HTTP 404 Not Found");
        }
        return found.stream()
                .filter(route -> route.method().equals(request.method()))
                .findFirst()
                .orElseThrow(() -> RegistryError.METHOD_NOT_ALLOWED.because("HTTP 405 Method Not Allowed"))
                .handler()
                .apply(request);
    }

    private void on(String method, String pattern, Function<RegistryRequest, JsonNode> handler) {
        List<String> segments = pattern.isEmpty() ? List.of() : List.of(pattern.split("/", -1));
        routes.add(new Route(method, segments, handler));
    }

    private void routeSubjects() {
        on("GET", "", ask -> JSON.createObjectNode());
        on(
                "GET",
                "subjects",
                ask -> RegistryJson.texts(catalog.subjects(ask.flag("deleted")).stream()
                        .filter(name -> name.startsWith(ask.query().getOrDefault("subjectPrefix", "")))
                        .toList()));
        on(
                "POST",
                "subjects/*",
                ask -> RegistryJson.full(catalog.lookup(ask.segment(1), ask.schema(), ask.flag("deleted"))));
        on("DELETE", "subjects/*", this::deleteSubject);
        on(
                "GET",
                "subjects/*/versions",
                ask -> RegistryJson.numbers(catalog.versions(ask.segment(1), ask.flag("deleted"))));
        on("POST", "subjects/*/versions", this::register);
        on("GET", "subjects/*/versions/*", ask -> RegistryJson.full(version(ask)));
        on(
                "GET",
                "subjects/*/versions/*/schema",
                ask -> RegistryJson.tree(version(ask).schema()));
        on("DELETE", "subjects/*/versions/*", this::deleteVersion);
    }

    private void routeSchemas() {
        on("GET", "schemas/types", ask -> RegistryJson.texts(List.of("AVRO")));
        on("GET", "schemas/ids/*", ask -> JSON.createObjectNode()
                .put("schema", catalog.byId(ask.id(2)).toString()));
        on("GET", "schemas/ids/*/schema", ask -> RegistryJson.tree(catalog.byId(ask.id(2))));
        on(
                "GET",
                "schemas/ids/*/subjects",
                ask -> RegistryJson.texts(uses(ask).stream()
                        .map(RegisteredSchema::subject)
                        .distinct()
                        .toList()));
        on("GET", "schemas/ids/*/versions", ask -> {
            ArrayNode versions = JSON.createArrayNode();
            uses(ask)
                    .forEach(one ->
                            versions.addObject().put("subject", one.subject()).put("version", one.version()));
            return versions;
        });
    }

    private void routeCompatibility() {
        on(
                "POST",
                "compatibility/subjects/*/versions/*",
                ask -> RegistryJson.compatible(
                        ask.flag("verbose"), rules.conflicts(ask.segment(2), ask.version(4), ask.schema())));
        on(
                "POST",
                "compatibility/subjects/*/versions",
                ask -> RegistryJson.compatible(ask.flag("verbose"), rules.conflicts(ask.segment(2), ask.schema())));
    }

    private void routeSettings() {
        on("GET", "config", ask -> JSON.createObjectNode()
                .put("compatibilityLevel", catalog.level().name()));
        on("GET", "config/*", ask -> {
            CompatibilityLevel level = catalog.levelOf(ask.segment(1))
                    .orElseGet(() -> globally(ask, catalog::level, RegistryError.NO_SUBJECT_COMPATIBILITY));
            return JSON.createObjectNode().put("compatibilityLevel", level.name());
        });
        on("PUT", "config", ask -> setLevel(null, ask));
        on("PUT", "config/*", ask -> setLevel(ask.segment(1), ask));
        on("DELETE", "config", ask -> deleteLevel(null, catalog.level()));
        on(
                "DELETE",
                "config/*",
                ask -> deleteLevel(
                        ask.segment(1), catalog.levelOf(ask.segment(1)).orElseThrow(() -> notFound(ask.segment(1)))));
        on("GET", "mode", ask -> JSON.createObjectNode()
                .put("mode", catalog.mode().name()));
        on("GET", "mode/*", ask -> {
            RegistryMode mode = catalog.modeOf(ask.segment(1))
                    .orElseGet(() -> globally(ask, catalog::mode, RegistryError.NO_SUBJECT_MODE));
            return JSON.createObjectNode().put("mode", mode.name());
        });
        on("PUT", "mode", ask -> setMode(null, ask));
        on("PUT", "mode/*", ask -> setMode(ask.segment(1), ask));
        on("DELETE", "mode/*", ask -> {
            RegistryMode mode = catalog.modeOf(ask.segment(1)).orElseThrow(() -> notFound(ask.segment(1)));
            change(() -> rules.setMode(ask.segment(1), null));
            return JSON.createObjectNode().put("mode", mode.name());
        });
    }

    private static RuntimeException notFound(String subject) {
        return RegistryError.SUBJECT_NOT_FOUND.because("Subject '" + subject + "' not found.");
    }

    private static <T> T globally(RegistryRequest ask, Supplier<T> global, RegistryError otherwise) {
        if (!ask.flag("defaultToGlobal")) {
            throw otherwise.because(
                    "Subject '" + ask.segment(1) + "' does not have its own setting of this configured");
        }
        return global.get();
    }

    private RegisteredSchema version(RegistryRequest ask) {
        return catalog.version(ask.segment(1), ask.version(3), ask.flag("deleted"));
    }

    private List<RegisteredSchema> uses(RegistryRequest ask) {
        catalog.byId(ask.id(2));
        return catalog.versionsOf(ask.id(2), ask.flag("deleted"));
    }

    private synchronized JsonNode register(RegistryRequest ask) {
        if (ask.body().path("id").asInt(0) > 0) {
            throw RegistryError.OPERATION_NOT_PERMITTED.because("Ids are given here, not taken: leave out 'id'");
        }
        Registration registration = rules.register(ask.segment(1), ask.schema());
        keep.accept(registration.changes());
        return JSON.createObjectNode().put("id", registration.version().id());
    }

    private JsonNode deleteSubject(RegistryRequest ask) {
        List<CatalogChange> changes = change(() -> rules.deleteSubject(ask.segment(1), ask.flag("permanent")));
        ArrayNode versions = JSON.createArrayNode();
        changes.stream()
                .flatMap(change -> CatalogRules.versionIn(change).stream())
                .forEach(versions::add);
        return versions;
    }

    private JsonNode deleteVersion(RegistryRequest ask) {
        List<CatalogChange> changes =
                change(() -> rules.deleteVersion(ask.segment(1), ask.version(3), ask.flag("permanent")));
        return JSON.getNodeFactory()
                .numberNode(
                        CatalogRules.versionIn(changes.get(changes.size() - 1)).orElseThrow());
    }

    private JsonNode setLevel(@Nullable String subject, RegistryRequest ask) {
        CompatibilityLevel level =
                CompatibilityLevel.named(ask.body().path("compatibility").asText());
        change(() -> rules.setLevel(subject, level));
        return JSON.createObjectNode().put("compatibility", level.name());
    }

    private JsonNode deleteLevel(@Nullable String subject, CompatibilityLevel former) {
        change(() -> rules.setLevel(subject, null));
        return JSON.createObjectNode().put("compatibilityLevel", former.name());
    }

    private JsonNode setMode(@Nullable String subject, RegistryRequest ask) {
        RegistryMode mode = RegistryMode.named(ask.body().path("mode").asText());
        change(() -> rules.setMode(subject, mode));
        return JSON.createObjectNode().put("mode", mode.name());
    }

    /** Decides and keeps in one go: the next decision sees what this one changed. */
    private synchronized List<CatalogChange> change(Supplier<List<CatalogChange>> decision) {
        List<CatalogChange> changes = decision.get();
        keep.accept(changes);
        return changes;
    }
}
