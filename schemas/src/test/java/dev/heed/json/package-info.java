/** Tests of records as JSON. */
@NullMarked
package dev.heed.json;

import org.jspecify.annotations.NullMarked;
