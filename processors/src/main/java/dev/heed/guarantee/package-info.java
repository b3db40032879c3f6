/**
 * What the loop promises, as classes that check it. They look only at logs, so that the same class judges a property
 * test, a simulation, a test with a broker and a run with faults.
 */
@NullMarked
package dev.heed.guarantee;

import org.jspecify.annotations.NullMarked;
