/** Stories and laws of the queues stage, and the fixture that tells them. */
@NullMarked
package dev.heed.queues;

import org.jspecify.annotations.NullMarked;
