/** Tests of the demo command and its parts. */
@NullMarked
package dev.heed.runner.demo;

import org.jspecify.annotations.NullMarked;
