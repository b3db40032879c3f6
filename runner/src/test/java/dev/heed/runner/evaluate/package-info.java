/** Tests of evaluating label sets. */
@NullMarked
package dev.heed.runner.evaluate;

import org.jspecify.annotations.NullMarked;
