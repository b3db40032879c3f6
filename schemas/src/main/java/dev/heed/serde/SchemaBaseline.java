package dev.heed.serde;

import dev.heed.registry.SchemaText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.SchemaStore;
import org.jspecify.annotations.Nullable;

/**
 * Every version that a schema ever had, from resources {@code baseline/<full name>/<version>.avsc}, versions from 1
 * without gaps. Finds the schema a stored value was written with by its fingerprint.
 */
public final class SchemaBaseline implements SchemaStore {
    /** Resource directory, and directory below {@code src/main/resources}, of all versions. */
    public static final String DIRECTORY = "baseline";

    private final List<Schema> versions;
    private final Map<Long, Schema> byFingerprint = new TreeMap<>();

    private SchemaBaseline(List<Schema> versions) {
        this.versions = List.copyOf(versions);
        versions.forEach(schema -> byFingerprint.put(SchemaNormalization.parsingFingerprint64(schema), schema));
    }

    /** The versions of a schema on this class loader's path; none if there are none. */
    public static SchemaBaseline of(String fullName, ClassLoader loader) {
        List<Schema> versions = new ArrayList<>();
        while (true) {
            String resource = DIRECTORY + "/" + fullName + "/" + (versions.size() + 1) + ".avsc";
            try (InputStream in = loader.getResourceAsStream(resource)) {
                if (in == null) {
                    return new SchemaBaseline(versions);
                }
                versions.add(SchemaText.held(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read resource " + resource, unreadable);
            }
        }
    }

    /** All versions, oldest first. */
    public List<Schema> versions() {
        return versions;
    }

    @Override
    public @Nullable Schema findByFingerprint(long fingerprint) {
        return byFingerprint.get(fingerprint);
    }
}
