package dev.heed.items;

import dev.heed.fact.RowPlace;
import dev.heed.out.Delta;

/** Where rows are counted. */
public final class RowPlaces {
    private RowPlaces() {}

    /** The place of a row that stands. */
    public static RowPlace of(Delta delta) {
        return new RowPlace(
                delta.getClassName(),
                delta.getSplit(),
                delta.getProvenance().getPolicyVersion(),
                delta.getProvenance().getRubricVersion());
    }
}
