package dev.heed.items.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.StageTrial;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.ModelsInstalled;
import dev.heed.fact.PriceInstalled;
import dev.heed.fact.RaterRecorded;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsStage;
import dev.heed.items.ItemsTrial;
import dev.heed.items.Prices;
import dev.heed.items.Raters;
import dev.heed.journal.Price;
import dev.heed.journal.RaterModels;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstallsTest {
    @Test
    void theHighestVersionWinsInWhateverOrderTheyCome() {
        ItemsTrial items = new ItemsTrial();
        assertThat(price(items)).isEqualTo(50_000);
        assertThat(items.price(0.3, 2)).hasOnlyElementsOfType(PriceInstalled.class);
        assertThat(items.price(0.1, 1)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.price(0.3, 2)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(price(items)).isEqualTo(300_000);
        assertThat(items.price(0.2, 3)).hasOnlyElementsOfType(PriceInstalled.class);
        assertThat(price(items)).isEqualTo(200_000);

        assertThat(items.send("m", models(5))).hasOnlyElementsOfType(ModelsInstalled.class);
        assertThat(items.send("m", models(4))).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.send("m", models(6))).hasOnlyElementsOfType(ModelsInstalled.class);
        items.check();
    }

    @Test
    void theLatestProfileOfARaterWins() {
        ItemsTrial items = new ItemsTrial();
        items.rater("p1", "guard", RaterKind.DETECTOR, "acme");
        assertThat(items.rater("p1", "guard", RaterKind.DETECTOR, "acme"))
                .hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.rater("p2", "guard", RaterKind.DETECTOR, "bolt")).hasOnlyElementsOfType(RaterRecorded.class);
        RaterProfile older = RaterProfile.newBuilder()
                .setEventId("p0")
                .setRaterId("guard")
                .setKind(RaterKind.DETECTOR)
                .setOccurredAtMs(ItemsTrial.START_MS - 1)
                .build();
        assertThat(items.sendPublic("guard", older)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(Raters.find(items.stage().state(), "guard"))
                .satisfies(profile -> assertThat(profile.getVendorGroup()).isEqualTo("bolt"));
        items.check();
    }

    @Test
    void whatIsPublishedIsTakenOverBeforeThereIsAPolicy() {
        StageTrial early = new StageTrial(ItemsStage.create(ItemsTrial.SEED));
        assertThat(early.send("price", new Price("pool", 1L, 1L))).hasOnlyElementsOfType(PriceInstalled.class);
        assertThat(early.send("m", models(1))).hasOnlyElementsOfType(ModelsInstalled.class);
        assertThat(early.sendPublic("i1", ItemsTrial.interaction("e1", "i1", 1).build()))
                .singleElement()
                .isInstanceOfSatisfying(EventRefused.class, refused -> assertThat(refused.getReasonCode())
                        .isEqualTo("no_policy"));
        early.checkReplay();
    }

    private static long price(ItemsTrial items) {
        return Prices.micros(items.stage().state(), ItemsPolicies.policy().build(), ItemsPolicies.POOL);
    }

    private static RaterModels models(long version) {
        return new RaterModels("violation", version, List.of("a", "b"), List.of(), List.of(), List.of(), List.of());
    }
}
