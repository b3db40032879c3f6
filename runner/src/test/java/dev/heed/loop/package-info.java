/** The whole loop against a real broker. */
@NullMarked
package dev.heed.loop;

import org.jspecify.annotations.NullMarked;
