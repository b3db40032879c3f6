/** What the tests of several features share. */
@NullMarked
package dev.heed;

import org.jspecify.annotations.NullMarked;
