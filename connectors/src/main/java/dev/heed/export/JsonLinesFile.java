package dev.heed.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.event.Message;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON lines: UTF-8, one object per line, all fields in the order of the columns, so that
 * a reader that looks at the first lines knows them all.
 */
final class JsonLinesFile implements RowFile {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Column> columns;
    private final Writer writer;

    JsonLinesFile(Path file, List<Column> columns) throws IOException {
        this.columns = columns;
        this.writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    @Override
    public void write(List<@Nullable Object> values) throws IOException {
        writer.write(line(columns, values).toString());
        writer.write('\n');
    }

    /** One row as an object. */
    static ObjectNode line(List<Column> columns, List<@Nullable Object> values) {
        ObjectNode line = NODES.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            Object value = values.get(i);
            line.set(
                    columns.get(i).name(),
                    value == null ? NODES.nullNode() : node(columns.get(i).kind(), value));
        }
        return line;
    }

    private static JsonNode node(Column.Kind kind, Object value) {
        return switch (kind) {
            case TEXT -> NODES.textNode((String) value);
            case FLAG -> NODES.booleanNode((Boolean) value);
            case NUMBER -> NODES.numberNode((Long) value);
            case TEXTS -> texts((List<?>) value);
            case MESSAGE, SHARE -> turn(kind, (Message) value);
            case MESSAGES, SHARES -> {
                ArrayNode turns = NODES.arrayNode();
                ((List<?>) value).forEach(each -> turns.add(turn(kind, (Message) each)));
                yield turns;
            }
            case PAIRS -> {
                ArrayNode pairs = NODES.arrayNode();
                ((List<?>) value).forEach(each -> pairs.add(texts((List<?>) each)));
                yield pairs;
            }
        };
    }

    private static ArrayNode texts(List<?> values) {
        ArrayNode texts = NODES.arrayNode();
        values.forEach(each -> texts.add((String) each));
        return texts;
    }

    private static ObjectNode turn(Column.Kind kind, Message turn) {
        return NODES.objectNode().put(kind.speaker(), turn.getRole()).put(kind.speech(), turn.getContent());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
