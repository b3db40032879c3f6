package dev.heed.registry;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Avro schemas as text: strict when a schema is offered, lenient when one is read back. */
public final class SchemaText {
    private SchemaText() {}

    /**
     * A schema that somebody offers: names and defaults must be valid.
     *
     * @throws RegistryException 42201 with Avro's reason
     */
    public static Schema offered(String text) {
        try {
            return new Schema.Parser(NameValidator.STRICT_VALIDATOR)
                    .setValidateDefaults(true)
                    .parse(text);
        } catch (AvroRuntimeException invalid) {
            throw RegistryError.INVALID_SCHEMA.because("Invalid schema: " + invalid.getMessage());
        }
    }

    /** A schema that a registry already holds; another implementation may have been more lenient than ours. */
    public static Schema held(String text) {
        return new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(text);
    }

    /**
     * The same schema without the properties that only say which Java class holds a string, which the code generator
     * adds. What is registered is then the committed schema, whichever language wrote it.
     */
    public static Schema withoutJavaProperties(Schema schema) {
        return held(JavaProperties.strip(schema.toString()));
    }
}
