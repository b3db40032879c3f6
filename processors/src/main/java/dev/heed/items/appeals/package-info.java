/** Appeals against judgments: fresh raters look, and the judgment is upheld or overturned. */
@NullMarked
package dev.heed.items.appeals;

import org.jspecify.annotations.NullMarked;
