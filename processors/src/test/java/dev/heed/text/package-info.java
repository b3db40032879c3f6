@NullMarked
package dev.heed.text;

import org.jspecify.annotations.NullMarked;
