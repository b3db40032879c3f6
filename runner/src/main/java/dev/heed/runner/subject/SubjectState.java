package dev.heed.runner.subject;

import dev.heed.core.Channel;
import dev.heed.event.ConsentKind;
import dev.heed.fact.FanOutFinished;
import dev.heed.fact.SubjectsFact;
import dev.heed.journal.ConsentAccepted;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the facts say of one subject. */
final class SubjectState {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String pseudonym;
    private final List<String> said = new ArrayList<>();
    private long interactions;
    private long epoch;
    private long carried;

    private SubjectState(String pseudonym) {
        this.pseudonym = pseudonym;
    }

    static SubjectState read(Cluster cluster, String pseudonym) {
        SubjectState state = new SubjectState(pseudonym);
        try (CommittedReader reader = new CommittedReader(
                cluster,
                "heed-subject",
                List.of(Channel.SUBJECTS_FACTS),
                List.of(),
                (channel, record, value) -> state.add(value))) {
            while (!reader.caughtUp()) {
                reader.poll(POLL);
            }
        }
        return state;
    }

    void add(@Nullable SpecificRecord value) {
        if (!(value instanceof SubjectsFact fact)) {
            return;
        }
        if (fact.getConsentRecorded() != null
                && fact.getConsentRecorded().getConsent().getSubject().equals(pseudonym)) {
            epoch = fact.getConsentRecorded().getEpoch();
            said.add(line(epoch, fact.getConsentRecorded().getConsent()));
        } else if (fact.getInteractionIndexed() != null
                && fact.getInteractionIndexed().getSubject().equals(pseudonym)) {
            interactions++;
        }
        FanOutFinished finished = fact.getFanOutFinished();
        if (finished != null && finished.getSubject().equals(pseudonym)) {
            carried = finished.getEpoch();
        }
    }

    boolean isKnown() {
        return epoch > 0 || interactions > 0;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("pseudonym     " + pseudonym);
        lines.add("interactions  " + interactions);
        lines.addAll(said.isEmpty() ? List.of("said nothing: review and retain are allowed, train is not") : said);
        lines.add(carried == epoch ? "all interactions know" : "epoch " + epoch + " is on its way to all interactions");
        return lines;
    }

    private static String line(long epoch, ConsentAccepted consent) {
        return "epoch " + epoch + "  " + Instant.ofEpochMilli(consent.getOccurredAtMs()) + "  " + consent.getKind()
                + (consent.getKind() == ConsentKind.ERASE ? "" : " " + consent.getScopes())
                + (consent.getActor().isEmpty() ? "" : " by " + consent.getActor());
    }
}
