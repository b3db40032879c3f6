@NullMarked
package dev.heed.bench.faults;

import org.jspecify.annotations.NullMarked;
