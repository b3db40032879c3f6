package dev.heed.items.rows;

import dev.heed.core.Records;
import dev.heed.core.Step;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowClaim;
import dev.heed.items.Items;
import dev.heed.journal.SeatDecided;
import dev.heed.state.Item;
import java.util.Objects;

/** Lets a row in, or keeps it out, as its dataset says. */
final class SeatAnswers {
    private SeatAnswers() {}

    /** Takes an answer; one to an earlier question says nothing any more. */
    static void take(Step step, RowLaw law, SeatDecided decided) {
        RowClaim claim = Claims.find(Items.question(item(step, decided), decided.getQuestionId()), decided.getRowId());
        if (claim == null
                || claim.getNumber() != decided.getNumber()
                || Objects.equals(claim.getBlocker(), decided.getBlocker())) {
            return;
        }
        RowClaim answered = Records.with(claim, changed -> changed.setBlocker(decided.getBlocker()));
        step.emit(new ClaimChanged(decided.getInteractionId(), decided.getQuestionId(), claim, answered));
        Item item = item(step, decided);
        new Settlement(step, law, item, Items.question(item, decided.getQuestionId()), cause(claim, decided))
                .one(decided.getRowId());
    }

    private static String cause(RowClaim claim, SeatDecided decided) {
        boolean first = claim.getBlocker() != null && claim.getBlocker().getBlock() == RowBlock.ASKED;
        if (first && decided.getBlocker() == null) {
            return claim.getCause();
        }
        return decided.getByPolicy() || decided.getBlocker() != null ? Rows.POLICY : Rows.ROOM;
    }

    private static Item item(Step step, SeatDecided decided) {
        return Objects.requireNonNull(Items.find(step.state(), decided.getInteractionId()));
    }
}
