/** The stage that decides who labels what, and what a label costs: what its features share. */
@NullMarked
package dev.heed.queues;

import org.jspecify.annotations.NullMarked;
