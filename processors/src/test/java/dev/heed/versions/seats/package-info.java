@NullMarked
package dev.heed.versions.seats;

import org.jspecify.annotations.NullMarked;
