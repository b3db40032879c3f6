package dev.heed.items.arrival;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterProfile;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ModelsInstalled;
import dev.heed.fact.PriceInstalled;
import dev.heed.fact.RaterRecorded;
import dev.heed.fact.StandingInstalled;
import dev.heed.items.Models;
import dev.heed.items.Prices;
import dev.heed.items.Raters;
import dev.heed.items.Standings;
import dev.heed.journal.Price;
import dev.heed.journal.RaterModels;
import dev.heed.journal.RaterStanding;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Takes over what other parts of the loop publish to every item: rater models, prices, profiles, standings. The
 * highest wins. */
public final class Installs implements Feature {
    @Override
    public void decide(Step step) {
        SpecificRecord event = step.event();
        if (event instanceof RaterModels models) {
            RaterModels held = Models.installed(step.state(), models.getQuestionId());
            emitIf(held == null || models.getVersion() > held.getVersion(), step, new ModelsInstalled(models));
        } else if (event instanceof Price price) {
            Price held = Prices.installed(step.state(), price.getPool());
            emitIf(held == null || price.getVersion() > held.getVersion(), step, new PriceInstalled(price));
        } else if (event instanceof RaterProfile profile) {
            emitIf(isNews(profile, Raters.find(step.state(), profile.getRaterId())), step, new RaterRecorded(profile));
        } else if (event instanceof RaterStanding standing) {
            RaterStanding held = Standings.find(step.state(), standing);
            emitIf(held == null || standing.getVersion() > held.getVersion(), step, new StandingInstalled(standing));
        }
    }

    private static boolean isNews(RaterProfile profile, @Nullable RaterProfile held) {
        return held == null
                || (profile.getOccurredAtMs() >= held.getOccurredAtMs()
                        && !profile.getEventId().equals(held.getEventId()));
    }

    private static void emitIf(boolean news, Step step, SpecificRecord fact) {
        if (news) {
            step.emit(fact);
        } else {
            step.ignoreDuplicate();
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof ModelsInstalled installed) {
            Models.install(state, installed.getModels());
        } else if (fact instanceof PriceInstalled installed) {
            Prices.install(state, installed.getPrice());
        } else if (fact instanceof RaterRecorded recorded) {
            Raters.record(state, recorded.getProfile());
        } else if (fact instanceof StandingInstalled installed) {
            Standings.install(state, installed.getStanding());
        }
    }
}
