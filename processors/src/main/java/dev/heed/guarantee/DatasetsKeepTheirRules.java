package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.event.RowOp;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.RowClaim;
import dev.heed.fact.VersionsFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A row takes a seat only where all rows of its dataset that stand, of whatever partition of items, leave room for it under
 * the dataset's rule; and none that had to ask comes in without a seat.
 */
public final class DatasetsKeepTheirRules implements Guarantee {
    @Override
    public List<String> breaches(LogView logs) {
        List<String> breaches = new ArrayList<>();
        Map<Integer, SeatRules> seats = new HashMap<>();
        Set<String> given = new HashSet<>();
        for (LogView.Logged logged : logs.records(Channel.VERSIONS_FACTS)) {
            VersionsFact fact = (VersionsFact) Objects.requireNonNull(logged.value());
            seats.computeIfAbsent(logged.partition(), p -> new SeatRules(breaches::add))
                    .add(fact);
            if (fact.getSeatChanged() != null) {
                var seat = fact.getSeatChanged().getSeat();
                if (seat != null && seat.getBlocker() == null) {
                    given.add(numbered(seat.getOffer().getRowId(), seat.getNumber()));
                }
            }
        }
        Map<String, RowClaim> claims = new HashMap<>();
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            ItemsFact fact = (ItemsFact) Objects.requireNonNull(logged.value());
            if (fact.getClaimChanged() != null) {
                RowClaim former = fact.getClaimChanged().getFormer();
                RowClaim claim = fact.getClaimChanged().getClaim();
                if (claim == null) {
                    claims.remove(Objects.requireNonNull(former).getRowId());
                } else {
                    claims.put(claim.getRowId(), claim);
                }
            } else if (fact.getRowChanged() != null) {
                String rowId = fact.getRowChanged().getDelta().getRowId();
                RowClaim claim = claims.get(rowId);
                if (fact.getRowChanged().getDelta().getOp() == RowOp.ADD
                        && claim != null
                        && claim.getNumber() > 0
                        && !given.contains(numbered(rowId, claim.getNumber()))) {
                    breaches.add("row " + rowId + " came in on question " + claim.getNumber()
                            + " (expected: after its dataset gave it a seat)");
                }
            }
        }
        return breaches;
    }

    private static String numbered(String rowId, long number) {
        return rowId + " " + number;
    }
}
