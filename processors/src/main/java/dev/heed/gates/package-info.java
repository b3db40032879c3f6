/** The gates stage: a frozen plan and its paired results give a candidate its verdict. */
@NullMarked
package dev.heed.gates;

import org.jspecify.annotations.NullMarked;
