package dev.heed.core;

/** Which partition of its topic a record goes to. */
public enum Destination {
    /** The partition that the record's key hashes to. */
    BY_KEY,
    /** The partition the deciding task itself reads. */
    OWN_PARTITION,
    /** Every partition: a multicast. */
    ALL_PARTITIONS,
    /** The partition whose number the record's partition key is. */
    EXACT_PARTITION
}
