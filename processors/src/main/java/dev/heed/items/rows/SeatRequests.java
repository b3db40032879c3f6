package dev.heed.items.rows;

import dev.heed.core.Channel;
import dev.heed.core.Outbox;
import dev.heed.event.DatasetNames;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.RowClaim;
import dev.heed.journal.SeatAsked;
import dev.heed.journal.SeatLeft;
import dev.heed.journal.VersionsEvent;
import java.util.Objects;

/** What a dataset is asked and told about its rows. */
final class SeatRequests {
    private SeatRequests() {}

    static void send(ClaimChanged changed, Outbox out) {
        RowClaim former = changed.getFormer();
        RowClaim claim = changed.getClaim();
        long before = former == null ? 0 : former.getNumber();
        long now = claim == null ? 0 : claim.getNumber();
        VersionsEvent event = new VersionsEvent();
        if (now > before) {
            event.setSeatAsked(new SeatAsked(Objects.requireNonNull(claim).getOffer(), now));
        } else if (now < before) {
            event.setSeatLeft(new SeatLeft(Objects.requireNonNull(former).getRowId(), former.getDataset(), before));
        } else {
            return;
        }
        String dataset = DatasetNames.of((claim == null ? former : claim).getDataset());
        out.send(Channel.VERSIONS_JOURNAL, dataset, event);
    }
}
