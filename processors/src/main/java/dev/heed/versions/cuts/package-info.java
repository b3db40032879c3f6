/** The cuts of seals, and the versions they make. */
@NullMarked
package dev.heed.versions.cuts;

import org.jspecify.annotations.NullMarked;
