/** Seals on their way from subjects to items, behind every withdrawal that came before them. */
@NullMarked
package dev.heed.subjects.seals;

import org.jspecify.annotations.NullMarked;
