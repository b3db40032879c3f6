/** The tree of keys that pseudonyms are made under, and from which an erasure cuts the way to one subject. */
@NullMarked
package dev.heed.pseudonym;

import org.jspecify.annotations.NullMarked;
