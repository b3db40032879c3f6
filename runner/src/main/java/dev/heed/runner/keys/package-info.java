/** Where a process finds the secrets of its loop: files only their owner can read, or the environment. */
@NullMarked
package dev.heed.runner.keys;

import org.jspecify.annotations.NullMarked;
