/** Plans of gates: checked, and frozen once. */
@NullMarked
package dev.heed.gates.plans;

import org.jspecify.annotations.NullMarked;
