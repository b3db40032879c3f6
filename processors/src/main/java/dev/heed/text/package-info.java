/** Text apart from everything that decides: how it is named, written and read. Encryption has its place here. */
@NullMarked
package dev.heed.text;

import org.jspecify.annotations.NullMarked;
