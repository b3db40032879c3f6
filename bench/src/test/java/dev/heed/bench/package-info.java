@NullMarked
package dev.heed.bench;

import org.jspecify.annotations.NullMarked;
