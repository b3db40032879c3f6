/** The embedded platform: a Kafka broker and a schema registry in this process, reachable from this machine only. */
@NullMarked
package dev.heed.embedded;

import org.jspecify.annotations.NullMarked;
