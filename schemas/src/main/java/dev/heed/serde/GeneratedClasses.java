package dev.heed.serde;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.LogicalTypeFactory;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro use generated classes. Since 1.12.2 it refuses every class that the process does not declare as trusted,
 * also in builders, for the default of an enum or array field. A class that Avro's own generator wrote is trusted here,
 * and no other. And nothing is read that is longer than any record of ours.
 *
 * <p>The settings are one per process and must be there before the first generated class is used, so they are made when
 * Avro loads its logical types, which is when the first schema is parsed. It adds no logical type.
 */
public final class GeneratedClasses implements LogicalTypeFactory {
    /** Most bytes of a text and items of a list, above what fits any record of ours. */
    private static final String MOST = "4000000";

    static {
        // Bytes that are no record may say that a list of a thousand million items follows, and Avro makes room for
        // them
        // before it reads the first.
        for (String limit : List.of("collectionItems", "bytes", "string")) {
            String property = "org.apache.avro.limits." + limit + ".maxLength";
            System.setProperty(property, System.getProperty(property, MOST));
        }
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.isAnnotationPresent(AvroGenerated.class)));
    }

    /** Trusts generated classes, once per process, where Avro did not find this service by itself. */
    static void trust() {
        // Loading this class did it.
    }

    /**
     * A model whose writers and readers call what was generated for each class, so that no field and no branch of a union
     * is looked up by name. The bytes are the same.
     */
    static SpecificData coding(Class<?> type) {
        trust();
        SpecificData model = new SpecificData(type.getClassLoader());
        model.setCustomCoders(true);
        // Avro's own fast reader would be asked before what was generated, and is the slower of the two.
        model.setFastReaderEnabled(false);
        return model;
    }

    /**
     * Why a record cannot be written, in words that name the field, which generated code does not do.
     *
     * @param thrown what the generated code threw; returned where looking closer finds nothing
     */
    static Exception reason(SpecificRecord record, Exception thrown) {
        try {
            new SpecificDatumWriter<SpecificRecord>(record.getSchema(), SpecificData.getForClass(record.getClass()))
                    .write(record, EncoderFactory.get().directBinaryEncoder(OutputStream.nullOutputStream(), null));
            return thrown;
        } catch (IOException | RuntimeException closer) {
            return closer;
        }
    }

    @Override
    public String getTypeName() {
        return "heed-generated-classes";
    }

    @Override
    public LogicalType fromSchema(Schema schema) {
        throw new IllegalArgumentException(getTypeName() + " is not a logical type");
    }
}
