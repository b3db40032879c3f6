/** Tests of reading events from JSON lines. */
@NullMarked
package dev.heed.runner.ingest;

import org.jspecify.annotations.NullMarked;
