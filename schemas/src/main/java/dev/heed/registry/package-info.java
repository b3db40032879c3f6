/** The schema registry: its pure rules, and clients that speak to one over HTTP or in memory. */
@NullMarked
package dev.heed.registry;

import org.jspecify.annotations.NullMarked;
