/** {@code heed tail}: the records of a topic, decoded. */
@NullMarked
package dev.heed.runner.tail;

import org.jspecify.annotations.NullMarked;
