/** Stories and laws of the gates stage. */
@NullMarked
package dev.heed.gates;

import org.jspecify.annotations.NullMarked;
