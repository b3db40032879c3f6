package dev.heed.registry;

import dev.heed.registry.CatalogChange.IdsUsed;
import dev.heed.registry.CatalogChange.LevelSet;
import dev.heed.registry.CatalogChange.ModeSet;
import dev.heed.registry.CatalogChange.VersionRemoved;
import dev.heed.registry.CatalogChange.VersionWritten;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a schema registry holds: subjects with their versions, schemas by id, compatibility levels and modes. Changes
 * come in through {@link #apply} alone; {@link CatalogRules} decides which changes a request leads to. Thread-safe.
 *
 * <p>Two schemas are the same if their text is the same after parsing, documentation included.
 */
public final class SchemaCatalog {
    /** Stands for the newest version that is not deleted. */
    public static final int LATEST = -1;

    private final CompatibilityLevel defaultLevel;
    private final NavigableMap<String, NavigableMap<Integer, VersionWritten>> subjects = new TreeMap<>();
    private final Map<Integer, Schema> schemas = new TreeMap<>();
    private final Map<String, Integer> idByText = new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new TreeMap<>();
    private final Map<String, RegistryMode> modes = new TreeMap<>();
    private @Nullable CompatibilityLevel globalLevel;
    private @Nullable RegistryMode globalMode;
    private int highestId;

    /** @param defaultLevel the level of every subject until one is set */
    public SchemaCatalog(CompatibilityLevel defaultLevel) {
        this.defaultLevel = defaultLevel;
    }

    /** Takes in one change; the same changes in the same order always give the same catalogue. */
    public synchronized void apply(CatalogChange change) {
        if (change instanceof VersionWritten written) {
            write(written);
        } else if (change instanceof VersionRemoved removed) {
            remove(removed);
        } else if (change instanceof LevelSet set) {
            if (set.subject() == null) {
                globalLevel = set.level();
            } else {
                put(levels, set.subject(), set.level());
            }
        } else if (change instanceof ModeSet set) {
            if (set.subject() == null) {
                globalMode = set.mode();
            } else {
                put(modes, set.subject(), set.mode());
            }
        } else if (change instanceof IdsUsed used) {
            highestId = Math.max(highestId, used.highest());
        }
    }

    private void write(VersionWritten written) {
        RegisteredSchema version = written.version();
        subjects.computeIfAbsent(version.subject(), name -> new TreeMap<>()).put(version.version(), written);
        schemas.put(version.id(), version.schema());
        idByText.put(version.schema().toString(), version.id());
        highestId = Math.max(highestId, version.id());
    }

    private void remove(VersionRemoved removed) {
        NavigableMap<Integer, VersionWritten> versions = subjects.get(removed.subject());
        VersionWritten gone = versions == null ? null : versions.remove(removed.version());
        if (versions == null || gone == null) {
            return;
        }
        if (versions.isEmpty()) {
            subjects.remove(removed.subject());
        }
        int id = gone.version().id();
        if (versionsOf(id, true).isEmpty()) {
            schemas.remove(id);
            idByText.remove(gone.version().schema().toString());
        }
    }

    private static <V> void put(Map<String, V> map, String key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** Names of all subjects in order; with {@code deleted}, also those of which every version is deleted. */
    public synchronized List<String> subjects(boolean deleted) {
        return subjects.keySet().stream()
                .filter(name -> !history(name, deleted).isEmpty())
                .toList();
    }

    /**
     * The versions of a subject, oldest first.
     *
     * @throws RegistryException 40401 if there are none
     */
    public synchronized List<RegisteredSchema> versions(String subject, boolean deleted) {
        List<RegisteredSchema> found = history(subject, deleted);
        if (found.isEmpty()) {
            throw RegistryError.SUBJECT_NOT_FOUND.because("Subject '" + subject + "' not found.");
        }
        return found;
    }

    /** Like {@link #versions}, but empty for a subject that is not there. */
    public synchronized List<RegisteredSchema> history(String subject, boolean deleted) {
        return subjects.getOrDefault(subject, Collections.emptyNavigableMap()).values().stream()
                .filter(written -> deleted || !written.deleted())
                .map(VersionWritten::version)
                .toList();
    }

    /**
     * One version of a subject.
     *
     * @param version from 1, or {@link #LATEST}
     * @throws RegistryException 40401 or 40402
     */
    public synchronized RegisteredSchema version(String subject, int version, boolean deleted) {
        List<RegisteredSchema> found = versions(subject, deleted);
        if (version == LATEST) {
            return found.get(found.size() - 1);
        }
        return found.stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .orElseThrow(() -> RegistryError.VERSION_NOT_FOUND.because("Version " + version + " not found."));
    }

    /**
     * The version of a subject that has this schema.
     *
     * @throws RegistryException 40401 or 40403
     */
    public synchronized RegisteredSchema lookup(String subject, Schema schema, boolean deleted) {
        return newest(versions(subject, deleted), schema)
                .orElseThrow(() -> RegistryError.SCHEMA_NOT_FOUND.because("Schema not found"));
    }

    static Optional<RegisteredSchema> newest(List<RegisteredSchema> versions, Schema schema) {
        String text = schema.toString();
        List<RegisteredSchema> same = new ArrayList<>(versions);
        same.removeIf(one -> !one.schema().toString().equals(text));
        return same.isEmpty() ? Optional.empty() : Optional.of(same.get(same.size() - 1));
    }

    /**
     * The schema with this id, also if all its versions are soft-deleted: records written with it are still there.
     *
     * @throws RegistryException 40403
     */
    public synchronized Schema byId(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw RegistryError.SCHEMA_NOT_FOUND.because("Schema " + id + " not found");
        }
        return schema;
    }

    /** All versions of all subjects that have this id. */
    public synchronized List<RegisteredSchema> versionsOf(int id, boolean deleted) {
        return subjects.keySet().stream()
                .flatMap(name -> history(name, deleted).stream())
                .filter(one -> one.id() == id)
                .toList();
    }

    /** The id for a schema: the one it has, or the next one. */
    synchronized int idFor(Schema schema) {
        return idByText.getOrDefault(schema.toString(), highestId + 1);
    }

    synchronized boolean isDeleted(String subject, int version) {
        VersionWritten written =
                subjects.getOrDefault(subject, Collections.emptyNavigableMap()).get(version);
        return written != null && written.deleted();
    }

    synchronized int highestId() {
        return highestId;
    }

    /** The level set for a subject, if one is. */
    public synchronized Optional<CompatibilityLevel> levelOf(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /** The level of all subjects for which none is set. */
    public synchronized CompatibilityLevel level() {
        return Objects.requireNonNullElse(globalLevel, defaultLevel);
    }

    /** The mode set for a subject, if one is. */
    public synchronized Optional<RegistryMode> modeOf(String subject) {
        return Optional.ofNullable(modes.get(subject));
    }

    /** The mode of all subjects for which none is set. */
    public synchronized RegistryMode mode() {
        return Objects.requireNonNullElse(globalMode, RegistryMode.READWRITE);
    }
}
