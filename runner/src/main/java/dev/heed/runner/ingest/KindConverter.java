package dev.heed.runner.ingest;

import dev.heed.intake.PublicInput;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a kind of event by the name of its topic. */
final class KindConverter implements ITypeConverter<PublicInput>, Iterable<String> {
    @Override
    public PublicInput convert(String text) {
        return Stream.of(PublicInput.values())
                .filter(kind -> kind.channel().baseName().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' (expected: one of " + names().collect(Collectors.joining(", ")) + ")"));
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }

    private static Stream<String> names() {
        return Stream.of(PublicInput.values()).map(kind -> kind.channel().baseName());
    }
}
