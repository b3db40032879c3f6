@NullMarked
package dev.heed.pseudonym;

import org.jspecify.annotations.NullMarked;
