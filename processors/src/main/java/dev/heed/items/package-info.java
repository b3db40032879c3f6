/** The items stage: one aggregate per interaction, with a directory per feature and the shared access to its state. */
@NullMarked
package dev.heed.items;

import org.jspecify.annotations.NullMarked;
