@NullMarked
package dev.heed.queues.gold;

import org.jspecify.annotations.NullMarked;
