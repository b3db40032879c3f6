package dev.heed.serde;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.LogicalTypeFactory;
import org.apache.avro.Schema;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro use generated classes. Since 1.12.2 it refuses every class that the process does not declare as trusted,
 * also in builders, for the default of an enum or array field. A class that Avro's own generator wrote is trusted here,
 * and no other.
 *
 * <p>The setting is one per process and must be there before the first generated class is used, so it is made when Avro
 * loads its logical types, which is when the first schema is parsed. It adds no logical type.
 */
public final class GeneratedClasses implements LogicalTypeFactory {
    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.isAnnotationPresent(AvroGenerated.class)));
    }

    /** Trusts generated classes, once per process, where Avro did not find this service by itself. */
    static void trust() {
        // Loading this class did it.
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
