package dev.heed.registry;

import dev.heed.registry.CatalogChange.IdsUsed;
import dev.heed.registry.CatalogChange.LevelSet;
import dev.heed.registry.CatalogChange.ModeSet;
import dev.heed.registry.CatalogChange.VersionRemoved;
import dev.heed.registry.CatalogChange.VersionWritten;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a request to a registry changes, and changes nothing itself: each method returns the changes for the
 * caller to keep and {@link SchemaCatalog#apply apply}, or throws the refusal. Two decisions must not overlap.
 */
public final class CatalogRules {
    private final SchemaCatalog catalog;

    public CatalogRules(SchemaCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * What a registration leads to.
     *
     * @param version the version that has the schema from now on
     * @param changes empty if the subject had the schema already
     */
    public record Registration(RegisteredSchema version, List<CatalogChange> changes) {}

    /**
     * Registers a schema under a subject. The same schema keeps its id in every subject.
     *
     * @throws RegistryException 409 if an earlier version conflicts, 42205 if the subject is read-only
     */
    public Registration register(String subject, Schema schema) {
        List<RegisteredSchema> earlier = catalog.history(subject, false);
        var known = SchemaCatalog.newest(earlier, schema);
        if (known.isPresent()) {
            return new Registration(known.get(), List.of());
        }
        requireWritable(subject);
        List<String> conflicts = levelFor(subject).conflicts(schema, earlier);
        if (!conflicts.isEmpty()) {
            throw RegistryError.INCOMPATIBLE.because("Schema being registered is incompatible with an earlier schema "
                    + "for subject \"" + subject + "\" (compatibility: " + levelFor(subject) + "), details: "
                    + conflicts);
        }
        List<RegisteredSchema> all = catalog.history(subject, true);
        int version = all.isEmpty() ? 1 : all.get(all.size() - 1).version() + 1;
        RegisteredSchema next = new RegisteredSchema(subject, version, catalog.idFor(schema), schema);
        return new Registration(next, List.of(new VersionWritten(next, false)));
    }

    /** Why a schema could not be registered under a subject now; empty if it could. */
    public List<String> conflicts(String subject, Schema schema) {
        return levelFor(subject).conflicts(schema, catalog.history(subject, false));
    }

    /**
     * Why a schema could not follow this one version of a subject; empty if it could.
     *
     * @throws RegistryException 40401 or 40402, except for the latest version of a subject that is not there yet
     */
    public List<String> conflicts(String subject, int version, Schema schema) {
        boolean nothingYet = catalog.history(subject, false).isEmpty();
        if (version == SchemaCatalog.LATEST && nothingYet) {
            return List.of();
        }
        return levelFor(subject).conflicts(schema, List.of(catalog.version(subject, version, false)));
    }

    /**
     * Deletes one version: softly it can no longer be used for new records, permanently its id becomes unreadable.
     *
     * @throws RegistryException 40401, 40402, 40406, 40407 or 42205
     */
    public List<CatalogChange> deleteVersion(String subject, int version, boolean permanent) {
        requireWritable(subject);
        RegisteredSchema found = catalog.version(subject, version, version != SchemaCatalog.LATEST || permanent);
        String name = "Subject '" + subject + "' Version " + found.version();
        boolean softlyDeleted = catalog.isDeleted(subject, found.version());
        if (permanent && !softlyDeleted) {
            throw RegistryError.VERSION_NOT_SOFT_DELETED.because(
                    name + " was not deleted first before being permanently deleted");
        }
        if (!permanent && softlyDeleted) {
            throw RegistryError.VERSION_SOFT_DELETED.because(
                    name + " was soft deleted. Set permanent=true to delete permanently");
        }
        return changes(List.of(found), permanent);
    }

    /**
     * Deletes all versions of a subject.
     *
     * @return one change per deleted version, oldest first, and what goes with it
     * @throws RegistryException 40401, 40404, 40405 or 42205
     */
    public List<CatalogChange> deleteSubject(String subject, boolean permanent) {
        requireWritable(subject);
        List<RegisteredSchema> all = catalog.versions(subject, true);
        List<RegisteredSchema> live = catalog.history(subject, false);
        if (permanent && !live.isEmpty()) {
            throw RegistryError.SUBJECT_NOT_SOFT_DELETED.because(
                    "Subject '" + subject + "' was not deleted first before being permanently deleted");
        }
        if (!permanent && live.isEmpty()) {
            throw RegistryError.SUBJECT_SOFT_DELETED.because(
                    "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
        }
        return changes(permanent ? all : live, permanent);
    }

    private List<CatalogChange> changes(List<RegisteredSchema> versions, boolean permanent) {
        List<CatalogChange> changes = new ArrayList<>();
        if (permanent) {
            changes.add(new IdsUsed(catalog.highestId()));
        }
        for (RegisteredSchema one : versions) {
            changes.add(permanent ? new VersionRemoved(one.subject(), one.version()) : new VersionWritten(one, true));
        }
        return List.copyOf(changes);
    }

    /** The version number that a change is about, if it is about one. */
    public static Optional<Integer> versionIn(CatalogChange change) {
        if (change instanceof VersionWritten written) {
            return Optional.of(written.version().version());
        }
        return change instanceof VersionRemoved removed ? Optional.of(removed.version()) : Optional.empty();
    }

    /** Sets a level for a subject, or for all where it is null; a null level takes the setting away. */
    public List<CatalogChange> setLevel(@Nullable String subject, @Nullable CompatibilityLevel level) {
        return List.of(new LevelSet(subject, level));
    }

    /** Sets a mode for a subject, or for all where it is null; a null mode takes the setting away. */
    public List<CatalogChange> setMode(@Nullable String subject, @Nullable RegistryMode mode) {
        return List.of(new ModeSet(subject, mode));
    }

    /** The level in force for a subject. */
    public CompatibilityLevel levelFor(String subject) {
        return catalog.levelOf(subject).orElseGet(catalog::level);
    }

    private void requireWritable(String subject) {
        RegistryMode mode = catalog.modeOf(subject).orElseGet(catalog::mode);
        if (mode != RegistryMode.READWRITE) {
            throw RegistryError.OPERATION_NOT_PERMITTED.because("Subject " + subject + " is in " + mode + " mode");
        }
    }
}
