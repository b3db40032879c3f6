package dev.heed.items.rows;

import dev.heed.core.DatasetRules;
import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Dataset;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowClaim;
import dev.heed.items.Items;
import dev.heed.journal.RowOffer;
import dev.heed.policy.DatasetRule;
import dev.heed.state.ItemQuestion;
import dev.heed.state.RowNumber;
import dev.heed.state.RowRef;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What rows have of their datasets' rules: whether the people behind them are trusted, which items know, and whether there
 * is room for them among the rows of all items, which the dataset is asked.
 */
final class Claims {
    private static final String RATER = "row-rater";
    private static final String NUMBER = "row-claim-number";
    private static final RowBlocker ASKED = new RowBlocker(RowBlock.ASKED, "");

    private Claims() {}

    static @Nullable RowClaim find(ItemQuestion held, String rowId) {
        for (RowClaim each : held.getClaims()) {
            if (each.getRowId().equals(rowId)) {
                return each;
            }
        }
        return null;
    }

    /**
     * The claim of a row that its item wants.
     *
     * @param stands whether the row stands: where nothing was asked before, it does so until the dataset has answered
     * @param cause why the item is looked at, in the words of the stage
     */
    static RowClaim of(
            StateReader state,
            Trust trust,
            DatasetRule rule,
            Row row,
            @Nullable RowClaim former,
            boolean stands,
            String cause) {
        List<String> raterIds = DatasetRules.mindsRaters(rule) ? Trust.people(row) : List.of();
        if (!trust.suffices(rule, raterIds)) {
            return unasked(row, raterIds, new RowBlocker(RowBlock.RATERS, ""));
        }
        if (!DatasetRules.countsRows(rule)) {
            return unasked(row, raterIds, null);
        }
        RowOffer offer = Offers.of(row);
        RowOffer asked = former == null ? null : former.getOffer();
        if (former != null && offer.equals(asked)) {
            return Records.with(former, same -> same.setRaterIds(raterIds));
        }
        boolean countsAsBefore = asked == null
                ? stands
                : DatasetRules.counted(rule, asked).equals(DatasetRules.counted(rule, offer))
                        && Objects.requireNonNull(former).getBlocker() == null;
        long number = next(state, row.dataset());
        return new RowClaim(row.id(), row.dataset(), number, offer, raterIds, countsAsBefore ? null : ASKED, cause);
    }

    private static RowClaim unasked(Row row, List<String> raterIds, @Nullable RowBlocker blocker) {
        return new RowClaim(row.id(), row.dataset(), 0L, null, raterIds, blocker, "");
    }

    /** Number of the next question to the dataset. */
    private static long next(StateReader state, Dataset dataset) {
        RowNumber next = state.get(Keys.of(NUMBER, dataset.name()), RowNumber.class);
        return next == null ? 1 : next.getNumber();
    }

    /** Rows with a label of the person behind them, in the order of their ids. */
    static List<StateReader.Entry<RowRef>> rowsOf(
            StateReader state, String questionId, String raterId, String afterRowId, int most) {
        return state.withPrefixAfter(
                Keys.prefix(RATER, questionId, raterId),
                Keys.of(RATER, questionId, raterId, afterRowId),
                RowRef.class,
                most);
    }

    static void apply(State state, ClaimChanged changed) {
        RowClaim former = changed.getFormer();
        RowClaim claim = changed.getClaim();
        String rowId = Objects.requireNonNull(claim == null ? former : claim).getRowId();
        List<String> before = former == null ? List.of() : former.getRaterIds();
        List<String> now = claim == null ? List.of() : claim.getRaterIds();
        RowRef row = new RowRef(rowId, changed.getInteractionId(), changed.getQuestionId());
        before.stream()
                .filter(rater -> !now.contains(rater))
                .forEach(rater -> state.delete(raterKey(changed, rater, rowId)));
        now.forEach(rater -> state.put(raterKey(changed, rater, rowId), row));
        if (claim != null && claim.getNumber() >= next(state, claim.getDataset())) {
            state.put(Keys.of(NUMBER, claim.getDataset().name()), new RowNumber(claim.getNumber() + 1));
        }
        Items.updateQuestion(state, changed.getInteractionId(), changed.getQuestionId(), question -> {
            List<RowClaim> claims = Records.without(
                    question.getClaims(), each -> each.getRowId().equals(rowId));
            if (claim != null) {
                claims.add(claim);
                claims.sort(Comparator.comparing(RowClaim::getRowId));
            }
            question.setClaims(claims);
        });
    }

    /** Standings are on questions, also of those who judge proposals. */
    private static String raterKey(ClaimChanged changed, String raterId, String rowId) {
        return Keys.of(RATER, Keys.owner(changed.getQuestionId()), raterId, rowId);
    }
}
