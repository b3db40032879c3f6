/** The commands on dataset versions: seal, list, compare, trace a row, export. */
@NullMarked
package dev.heed.runner.dataset;

import org.jspecify.annotations.NullMarked;
