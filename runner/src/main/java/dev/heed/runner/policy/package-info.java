/** Commands about policies. */
@NullMarked
package dev.heed.runner.policy;

import org.jspecify.annotations.NullMarked;
