/** The versions stage: it collects the cuts of all partitions of items and makes dataset versions of them. */
@NullMarked
package dev.heed.versions;

import org.jspecify.annotations.NullMarked;
