/** Text apart from everything that decides: how it is named, written and read. Its keys are here, and nowhere else. */
@NullMarked
package dev.heed.text;

import org.jspecify.annotations.NullMarked;
