/** The index of a subject's interactions. */
@NullMarked
package dev.heed.subjects.registration;

import org.jspecify.annotations.NullMarked;
