/** A change of consent on its bounded way to every interaction. */
@NullMarked
package dev.heed.subjects.fanout;

import org.jspecify.annotations.NullMarked;
