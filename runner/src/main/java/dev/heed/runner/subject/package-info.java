/** What data subjects allow: said for them, shown, and carried out. */
@NullMarked
package dev.heed.runner.subject;

import org.jspecify.annotations.NullMarked;
