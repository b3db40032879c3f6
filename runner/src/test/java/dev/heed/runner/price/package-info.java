@NullMarked
package dev.heed.runner.price;

import org.jspecify.annotations.NullMarked;
