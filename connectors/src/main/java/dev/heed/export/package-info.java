/** Training rows as files that trainers load as they are: pure shapes, and writers whose bytes depend on the rows alone. */
@NullMarked
package dev.heed.export;

import org.jspecify.annotations.NullMarked;
