/** The heed command: the entry point, and what all its subcommands share. */
@NullMarked
package dev.heed.runner;

import org.jspecify.annotations.NullMarked;
