@NullMarked
package dev.heed.runner.pairs;

import org.jspecify.annotations.NullMarked;
