/** Tests of intake. */
@NullMarked
package dev.heed.intake;

import org.jspecify.annotations.NullMarked;
