@NullMarked
package dev.heed.runner.keys;

import org.jspecify.annotations.NullMarked;
