/** Tests of the command line. */
@NullMarked
package dev.heed.runner;

import org.jspecify.annotations.NullMarked;
