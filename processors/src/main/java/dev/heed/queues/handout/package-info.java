/** Requests for work, the search for tasks that fit, and leases until they end. */
@NullMarked
package dev.heed.queues.handout;

import org.jspecify.annotations.NullMarked;
