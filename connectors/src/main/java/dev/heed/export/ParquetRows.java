package dev.heed.export;

import dev.heed.event.Message;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Writes values into Parquet's columns. All columns are optional; lists have the three levels of the format's rules. */
final class ParquetRows extends WriteSupport<List<@Nullable Object>> {
    private static final String LIST = "list";
    private static final String ELEMENT = "element";

    private final List<Column> columns;
    private @Nullable RecordConsumer consumer;

    ParquetRows(List<Column> columns) {
        this.columns = columns;
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(schema(columns), Map.of());
    }

    @Override
    @Deprecated // the library asks for it, and never calls it under a configuration of its own
    public WriteContext init(Configuration hadoop) {
        throw new IllegalStateException("Hadoop is not used");
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    static MessageType schema(List<Column> columns) {
        return new MessageType(
                "row",
                columns.stream()
                        .map(column -> type(column.name(), column.kind()))
                        .toList());
    }

    private static Type type(String name, Column.Kind kind) {
        return switch (kind) {
            case TEXT -> text(name);
            case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case NUMBER -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case TEXTS -> list(name, text(ELEMENT));
            case MESSAGE, SHARE -> turn(name, kind);
            case MESSAGES, SHARES -> list(name, turn(ELEMENT, kind));
            case PAIRS -> list(name, list(ELEMENT, text(ELEMENT)));
        };
    }

    private static Type text(String name) {
        return Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    private static Type turn(String name, Column.Kind kind) {
        return Types.optionalGroup()
                .addFields(text(kind.speaker()), text(kind.speech()))
                .named(name);
    }

    private static Type list(String name, Type element) {
        return Types.optionalGroup()
                .as(LogicalTypeAnnotation.listType())
                .addField(Types.repeatedGroup().addField(element).named(LIST))
                .named(name);
    }

    @Override
    public void write(List<@Nullable Object> values) {
        RecordConsumer out = out();
        out.startMessage();
        for (int i = 0; i < columns.size(); i++) {
            Object value = values.get(i);
            if (value != null) {
                Column column = columns.get(i);
                field(column.name(), i, () -> value(column.kind(), value));
            }
        }
        out.endMessage();
    }

    private void value(Column.Kind kind, Object value) {
        switch (kind) {
            case TEXT -> out().addBinary(Binary.fromString((String) value));
            case FLAG -> out().addBoolean((Boolean) value);
            case NUMBER -> out().addLong((Long) value);
            case TEXTS -> list((List<?>) value, each -> value(Column.Kind.TEXT, each));
            case MESSAGE, SHARE -> turn(kind, (Message) value);
            case MESSAGES, SHARES -> list((List<?>) value, each -> turn(kind, (Message) each));
            case PAIRS -> list((List<?>) value, each -> value(Column.Kind.TEXTS, each));
        }
    }

    private void turn(Column.Kind kind, Message turn) {
        out().startGroup();
        field(kind.speaker(), 0, () -> value(Column.Kind.TEXT, turn.getRole()));
        field(kind.speech(), 1, () -> value(Column.Kind.TEXT, turn.getContent()));
        out().endGroup();
    }

    private void list(List<?> values, Consumer<Object> element) {
        out().startGroup();
        // An empty list is a group without its repeated field, which is not the same as no group.
        if (!values.isEmpty()) {
            field(
                    LIST,
                    0,
                    () -> values.forEach(each -> {
                        out().startGroup();
                        field(ELEMENT, 0, () -> element.accept(each));
                        out().endGroup();
                    }));
        }
        out().endGroup();
    }

    private void field(String name, int index, Runnable content) {
        out().startField(name, index);
        content.run();
        out().endField(name, index);
    }

    private RecordConsumer out() {
        if (consumer == null) {
            throw new IllegalStateException("write before prepareForWrite");
        }
        return consumer;
    }
}
