/**
 * StudyBuddy, a homework tutor for children that does not exist: seeded models, detectors, reviewers and subjects that
 * speak to the loop as a real product would, and know the truth.
 */
@NullMarked
package dev.heed.simulator;

import org.jspecify.annotations.NullMarked;
