@NullMarked
package dev.heed.items.alerts;

import org.jspecify.annotations.NullMarked;
