/** The trees over what stands in journals and facts, and their heads. Decides nothing. */
@NullMarked
package dev.heed.audit;

import org.jspecify.annotations.NullMarked;
