package dev.heed.versions.seats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.RandomDatasets;
import dev.heed.StageTrial;
import dev.heed.event.Dataset;
import dev.heed.event.Split;
import dev.heed.fact.RowSeat;
import dev.heed.guarantee.DatasetsKeepTheirRules;
import dev.heed.items.ItemsPolicies;
import dev.heed.journal.RowOffer;
import dev.heed.journal.SeatAsked;
import dev.heed.journal.SeatLeft;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.versions.VersionsStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever rows ask for and leave, in whatever order, under whatever rules: those have seats that {@link SeatModel} says. */
class SeatingProperties {
    private static final int ROWS = 12;
    private static final int ACTS = 80;
    private static final long START_MS = 1_700_000_000_000L;
    private static final Dataset DATASET = Dataset.PREFERENCE;

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void seatsAreThoseOfAllRowsLookedAt(@ForAll long seed) {
        Random random = new Random(seed);
        StageTrial trial = new StageTrial(VersionsStage.create());
        trial.tickAfter(START_MS);
        DatasetRule first = RandomDatasets.rule(random).build();
        trial.send("policy", policy(1, first));
        SeatModel model = new SeatModel(first);
        long[] hashes = new long[ROWS];
        Split[] sides = new Split[ROWS];
        for (int i = 0; i < ROWS; i++) {
            hashes[i] = RandomDatasets.hash(random);
            sides[i] = side(random);
        }
        Map<String, RowOffer> offers = new TreeMap<>();
        int policies = 1;
        for (int act = 1; act <= ACTS; act++) {
            int row = random.nextInt(ROWS);
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    trial.send("preference", new SeatLeft("r" + row, DATASET, (long) act));
                    model.leave("r" + row);
                    offers.remove("r" + row);
                }
                case 2 -> {
                    if (random.nextInt(3) == 0) {
                        DatasetRule newer = RandomDatasets.rule(random).build();
                        trial.send("policy", policy(++policies, newer));
                        trial.tickAfter(1_000);
                        model.inForce(newer);
                    }
                }
                case 3 -> {
                    // A policy puts the prompt on another side: all its rows ask anew.
                    int interaction = row / 2;
                    sides[interaction] = side(random);
                    for (RowOffer held : List.copyOf(offers.values())) {
                        if (held.getInteractionId().equals("i" + interaction)) {
                            RowOffer offer = RowOffer.newBuilder(held)
                                    .setSplit(sides[interaction])
                                    .build();
                            trial.send("preference", new SeatAsked(offer, (long) act));
                            model.ask(offer);
                        }
                    }
                }
                default -> {
                    RowOffer offer = offer(random, row, hashes, sides);
                    offers.put(offer.getRowId(), offer);
                    trial.send("preference", new SeatAsked(offer, (long) act));
                    model.ask(offer);
                }
            }
            assertThat(standing(trial)).as("after act %d", act).isEqualTo(model.standing());
        }
        trial.checkReplay();
        new DatasetsKeepTheirRules().check(trial);
    }

    private static TreeSet<String> standing(StageTrial trial) {
        TreeSet<String> standing = new TreeSet<>();
        for (int row = 0; row < ROWS; row++) {
            RowSeat seat = SeatBook.find(trial.state(), DATASET, "r" + row);
            if (seat != null && seat.getBlocker() == null) {
                standing.add("r" + row);
            }
        }
        return standing;
    }

    private static Policy policy(int version, DatasetRule rule) {
        return ItemsPolicies.policy()
                .setEventId("policy-" + version)
                .setPolicyVersion(version)
                .setDatasets(List.of(rule))
                .build();
    }

    private static Split side(Random random) {
        return random.nextInt(3) == 0 ? Split.HOLDOUT : Split.TRAIN;
    }

    /** Rows of one interaction share their prompt and its side; a row may come back of another class or source. */
    private static RowOffer offer(Random random, int row, long[] hashes, Split[] sides) {
        int interaction = row / 2;
        TreeSet<String> sources = new TreeSet<>(List.of("LANGUAGE en", "MODEL m@" + random.nextInt(2)));
        if (random.nextBoolean()) {
            sources.add("SLICE maths");
        }
        return new RowOffer(
                "r" + row,
                "i" + interaction,
                "q",
                DATASET,
                sides[interaction],
                hashes[interaction],
                new ArrayList<>(sources),
                List.of("A", "A", "B", "C").get(random.nextInt(4)));
    }
}
