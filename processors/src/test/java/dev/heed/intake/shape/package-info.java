@NullMarked
package dev.heed.intake.shape;

import org.jspecify.annotations.NullMarked;
