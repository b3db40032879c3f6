/** Stories and laws of the subjects stage. */
@NullMarked
package dev.heed.subjects;

import org.jspecify.annotations.NullMarked;
