/** Stories of gates on the command line. */
@NullMarked
package dev.heed.runner.gate;

import org.jspecify.annotations.NullMarked;
