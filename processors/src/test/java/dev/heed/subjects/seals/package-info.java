@NullMarked
package dev.heed.subjects.seals;

import org.jspecify.annotations.NullMarked;
