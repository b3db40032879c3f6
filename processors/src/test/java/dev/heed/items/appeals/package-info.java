@NullMarked
package dev.heed.items.appeals;

import org.jspecify.annotations.NullMarked;
