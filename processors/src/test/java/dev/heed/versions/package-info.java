@NullMarked
package dev.heed.versions;

import org.jspecify.annotations.NullMarked;
