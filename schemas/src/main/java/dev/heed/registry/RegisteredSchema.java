package dev.heed.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param subject name of the subject, by convention {@code <topic>-value}
 * @param version position within the subject, from 1
 * @param id number of the schema over the whole registry; equal schemas share it
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
