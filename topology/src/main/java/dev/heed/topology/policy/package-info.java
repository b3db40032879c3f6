/** Policy files: from YAML a person writes to the {@code Policy} event, with every problem named by its path. */
@NullMarked
package dev.heed.topology.policy;

import org.jspecify.annotations.NullMarked;
