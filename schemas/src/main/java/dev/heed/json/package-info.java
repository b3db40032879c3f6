/** Generated records as plain JSON in the schemas' own field names, for people, files and HTTP. */
@NullMarked
package dev.heed.json;

import org.jspecify.annotations.NullMarked;
