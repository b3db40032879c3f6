/** What people ask of a gate. */
@NullMarked
package dev.heed.gates.actions;

import org.jspecify.annotations.NullMarked;
