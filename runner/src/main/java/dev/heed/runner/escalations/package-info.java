/** Commands about escalations. */
@NullMarked
package dev.heed.runner.escalations;

import org.jspecify.annotations.NullMarked;
