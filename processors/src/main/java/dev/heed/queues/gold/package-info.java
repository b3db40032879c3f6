/** Items whose answer is known, kept to be served among the tasks. */
@NullMarked
package dev.heed.queues.gold;

import org.jspecify.annotations.NullMarked;
