/** {@code heed demo}: the platform, the loop and StudyBuddy in one process, watched by readers that believe nobody. */
@NullMarked
package dev.heed.runner.demo;

import org.jspecify.annotations.NullMarked;
