package dev.heed.registry;

import org.jspecify.annotations.Nullable;

/** One change of a {@link SchemaCatalog}: what a registry writes down, and reads back after a restart. */
public sealed interface CatalogChange {
    /** A version of a subject, new or with another {@code deleted} flag. */
    record VersionWritten(RegisteredSchema version, boolean deleted) implements CatalogChange {}

    /** A version is gone for good. */
    record VersionRemoved(String subject, int version) implements CatalogChange {}

    /** A level for one subject, or for all where {@code subject} is null; a null level takes the setting away. */
    record LevelSet(@Nullable String subject, @Nullable CompatibilityLevel level) implements CatalogChange {}

    /** A mode for one subject, or for all where {@code subject} is null; a null mode takes the setting away. */
    record ModeSet(@Nullable String subject, @Nullable RegistryMode mode) implements CatalogChange {}

    /**
     * Ids up to this one were given out. Written before a version is removed for good, because an id that is given out
     * twice makes old records unreadable.
     */
    record IdsUsed(int highest) implements CatalogChange {}
}
