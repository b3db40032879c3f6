@NullMarked
package dev.heed.core;

import org.jspecify.annotations.NullMarked;
