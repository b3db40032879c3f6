/** What people ask of the consent ledger. */
@NullMarked
package dev.heed.subjects.actions;

import org.jspecify.annotations.NullMarked;
