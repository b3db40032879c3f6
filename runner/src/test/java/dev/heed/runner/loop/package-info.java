/** Tests of the loop as a process, and of commands that talk to it. */
@NullMarked
package dev.heed.runner.loop;

import org.jspecify.annotations.NullMarked;
