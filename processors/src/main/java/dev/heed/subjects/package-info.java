/** The subjects stage: it puts what data subjects allow into one order, and carries it to all their interactions. */
@NullMarked
package dev.heed.subjects;

import org.jspecify.annotations.NullMarked;
