@NullMarked
package dev.heed.export;

import org.jspecify.annotations.NullMarked;
