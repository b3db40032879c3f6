@NullMarked
package dev.heed.items.seals;

import org.jspecify.annotations.NullMarked;
