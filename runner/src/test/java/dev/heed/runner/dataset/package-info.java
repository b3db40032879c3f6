@NullMarked
package dev.heed.runner.dataset;

import org.jspecify.annotations.NullMarked;
