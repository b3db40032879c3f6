/** Which rows a dataset has room for, among the rows of all items. */
@NullMarked
package dev.heed.versions.seats;

import org.jspecify.annotations.NullMarked;
