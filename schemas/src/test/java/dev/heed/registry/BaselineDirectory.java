package dev.heed.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** All versions that schemas ever had, one file {@code <full name>/<version>.avsc} each, versions from 1 without gaps. */
final class BaselineDirectory {
    private final Path root;

    BaselineDirectory(Path root) {
        this.root = root;
    }

    /** The versions of every schema that has any, oldest first. */
    Map<String, List<RegisteredSchema>> versions() throws IOException {
        Map<String, List<RegisteredSchema>> all = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            return all;
        }
        try (Stream<Path> directories = Files.list(root)) {
            for (Path directory : directories.toList()) {
                String name = directory.getFileName().toString();
                all.put(name, versions(name));
            }
        }
        return all;
    }

    private List<RegisteredSchema> versions(String name) throws IOException {
        List<RegisteredSchema> versions = new ArrayList<>();
        for (int version = 1; Files.exists(file(name, version)); version++) {
            Schema schema = SchemaText.held(Files.readString(file(name, version)));
            versions.add(new RegisteredSchema(name, version, version, schema));
        }
        return versions;
    }

    /** Why this schema may not stand beside the versions it has; empty if it may. */
    static Optional<String> problem(Schema current, List<RegisteredSchema> versions) {
        String name = current.getFullName();
        if (versions.isEmpty()) {
            return Optional.of(name + " is not in the baseline");
        }
        RegisteredSchema latest = versions.get(versions.size() - 1);
        if (latest.schema().toString().equals(current.toString())) {
            List<String> conflicts = conflicts(current, versions.subList(0, versions.size() - 1));
            return conflicts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(name + " version " + latest.version() + " breaks an earlier one: " + conflicts);
        }
        List<String> conflicts = conflicts(current, versions);
        return Optional.of(
                conflicts.isEmpty()
                        ? name + " differs from its version " + latest.version()
                        : name + " is incompatible with the past, change it back or give it a new name: " + conflicts);
    }

    private static List<String> conflicts(Schema current, List<RegisteredSchema> earlier) {
        return CompatibilityLevel.FULL_TRANSITIVE.conflicts(current, earlier);
    }

    /** Adds a version for a schema that is new or differs compatibly; says whether it did. */
    boolean append(Schema current) throws IOException {
        List<RegisteredSchema> versions = versions(current.getFullName());
        boolean same = !versions.isEmpty()
                && versions.get(versions.size() - 1).schema().toString().equals(current.toString());
        if (same || !conflicts(current, versions).isEmpty()) {
            return false;
        }
        write(current, versions.size() + 1);
        return true;
    }

    /** Forgets all versions of all schemas and makes these the first ones. */
    void restart(Iterable<Schema> schemas) throws IOException {
        for (Map.Entry<String, List<RegisteredSchema>> entry : versions().entrySet()) {
            for (RegisteredSchema version : entry.getValue()) {
                Files.delete(file(entry.getKey(), version.version()));
            }
            Files.delete(root.resolve(entry.getKey()));
        }
        for (Schema schema : schemas) {
            write(schema, 1);
        }
    }

    private void write(Schema schema, int version) throws IOException {
        Path file = file(schema.getFullName(), version);
        Files.createDirectories(root.resolve(schema.getFullName()));
        Files.writeString(file, schema.toString(true) + "\n", StandardCharsets.UTF_8);
    }

    private Path file(String name, int version) {
        return root.resolve(name).resolve(version + ".avsc");
    }
}
