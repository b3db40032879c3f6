@NullMarked
package dev.heed.items.observations;

import org.jspecify.annotations.NullMarked;
