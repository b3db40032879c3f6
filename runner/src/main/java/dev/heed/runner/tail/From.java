package dev.heed.runner.tail;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to start reading.
 *
 * @param offset an offset, or one of the two negative marks
 */
record From(long offset) {
    private static final long AT_BEGINNING = -1;
    private static final long AT_END = -2;

    static final From BEGINNING = new From(AT_BEGINNING);
    static final From END = new From(AT_END);

    void seek(Consumer<?, ?> consumer, List<TopicPartition> partitions) {
        if (offset == AT_BEGINNING) {
            consumer.seekToBeginning(partitions);
        } else if (offset == AT_END) {
            consumer.seekToEnd(partitions);
        } else {
            partitions.forEach(partition -> consumer.seek(partition, offset));
        }
    }

    /** Reads the option's value. */
    static final class Converter implements ITypeConverter<From> {
        @Override
        public From convert(String text) {
            if (text.equals("beginning")) {
                return BEGINNING;
            }
            if (text.equals("end")) {
                return END;
            }
            try {
                long offset = Long.parseLong(text);
                if (offset >= 0) {
                    return new From(offset);
                }
            } catch (NumberFormatException noNumber) {
                // Said below.
            }
            throw new TypeConversionException("'" + text + "' (expected: beginning, end, or an offset from 0)");
        }
    }
}
