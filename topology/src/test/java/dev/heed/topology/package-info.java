/** Tests of the wired loop, in the driver. */
@NullMarked
package dev.heed.topology;

import org.jspecify.annotations.NullMarked;
