package dev.heed.registry;

import dev.heed.registry.CatalogRules.Registration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registry inside this process, by the same rules as the real one, for tests and for runs without a platform. All
 * users of one {@code memory://scope} share it until {@link #drop} takes it away; scopes are the only thing that
 * outlives an instance here.
 */
public final class MemoryRegistryClient implements RegistryClient {
    static final String SCHEME = "memory://";

    private static final Map<String, MemoryRegistryClient> SCOPES = new ConcurrentHashMap<>();

    private final SchemaCatalog catalog = new SchemaCatalog(CompatibilityLevel.FULL_TRANSITIVE);
    private final CatalogRules rules = new CatalogRules(catalog);

    /** The registry of a scope; empty when first asked for. */
    public static MemoryRegistryClient of(String scope) {
        return SCOPES.computeIfAbsent(scope, name -> new MemoryRegistryClient());
    }

    /** Takes a scope away; whoever asks for it again gets an empty one. */
    public static void drop(String scope) {
        SCOPES.remove(scope);
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        Registration registration = rules.register(subject, schema);
        registration.changes().forEach(catalog::apply);
        return registration.version().id();
    }

    @Override
    public RegisteredSchema lookup(String subject, Schema schema) {
        return catalog.lookup(subject, schema, false);
    }

    @Override
    public Schema schemaById(int id) {
        return catalog.byId(id);
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        return catalog.version(subject, version, false);
    }

    @Override
    public List<String> subjects() {
        return catalog.subjects(false);
    }

    @Override
    public List<Integer> versions(String subject) {
        return catalog.versions(subject, false).stream()
                .map(RegisteredSchema::version)
                .toList();
    }

    @Override
    public List<String> conflicts(String subject, Schema schema) {
        return rules.conflicts(subject, SchemaCatalog.LATEST, schema);
    }

    @Override
    public CompatibilityLevel level(@Nullable String subject) {
        return subject == null ? catalog.level() : rules.levelFor(subject);
    }

    @Override
    public synchronized void setLevel(@Nullable String subject, CompatibilityLevel level) {
        rules.setLevel(subject, level).forEach(catalog::apply);
    }
}
