/** The first stage: public events in; journal records without text, stored text, duplicates and dead letters out. */
@NullMarked
package dev.heed.intake;

import org.jspecify.annotations.NullMarked;
