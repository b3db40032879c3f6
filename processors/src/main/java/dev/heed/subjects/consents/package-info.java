/** Consents and withdrawals, each a new epoch. */
@NullMarked
package dev.heed.subjects.consents;

import org.jspecify.annotations.NullMarked;
