package dev.heed.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** The schemas under {@code src/main/avro}, and the versions of them under {@code src/main/resources/baseline}. */
final class CommittedSchemas {
    static final Path AVRO = Path.of("src/main/avro");
    static final Path BASELINE = Path.of("src/main/resources/baseline");

    private CommittedSchemas() {}

    /** Every named type by its full name; files may refer to each other in any order. */
    static Map<String, Schema> current() throws IOException {
        SchemaParser parser = new SchemaParser();
        for (Path file : files(AVRO)) {
            parser.parse(file);
        }
        Map<String, Schema> byName = new TreeMap<>();
        parser.getParsedNamedSchemas().forEach(schema -> byName.put(schema.getFullName(), schema));
        return byName;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        }
    }
}
