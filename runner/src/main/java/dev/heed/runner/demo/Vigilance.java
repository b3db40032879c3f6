package dev.heed.runner.demo;

import dev.heed.core.Channel;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterStanding;
import dev.heed.out.DriftDetected;
import dev.heed.out.Judgment;
import dev.heed.out.Notification;
import dev.heed.simulator.StudyBuddy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the loop noticed of the people and the world it works with: whom it suspended, what drifted, what it told whom. */
final class Vigilance {
    /** What it reads, decoded. */
    static final List<Channel> CHANNELS = List.of(
            Channel.RATER_STANDINGS, Channel.RATER_MODELS, Channel.DRIFT, Channel.NOTIFICATIONS, Channel.ITEMS_JOURNAL);

    private static final String APPEAL = "appeal_";

    private static final String BARS = "▁▂▃▄▅▆▇█";
    /** Most bars of a line. */
    private static final int WIDTH = 40;

    private final StudyBuddy world;
    private final Map<String, RaterStatus> standings = new TreeMap<>();
    private final Set<String> suspended = new TreeSet<>();
    private final Map<String, Integer> drifts = new TreeMap<>();
    private final Map<String, String> appeals = new TreeMap<>();
    private final Map<String, Double> machines = new TreeMap<>();
    private final Map<String, Integer> muted = new TreeMap<>();
    private final Map<String, List<Long>> prices = new TreeMap<>();
    private final Map<String, Set<Long>> priceVersions = new TreeMap<>();
    private int notifications;

    Vigilance(StudyBuddy world) {
        this.world = world;
    }

    synchronized void read(@Nullable SpecificRecord value) {
        if (value instanceof RaterStanding standing) {
            standings.put(standing.getQuestionId() + "|" + standing.getRaterId(), standing.getStatus());
            if (standing.getStatus() == RaterStatus.SUSPENDED) {
                suspended.add(standing.getRaterId());
            }
        } else if (value instanceof DriftDetected drift) {
            String what = drift.getKind() + " " + drift.getQuestionId() + " " + drift.getSubject();
            drifts.merge(what.strip(), 1, Integer::sum);
        } else if (value instanceof Notification notification) {
            notifications++;
            muted.put(notification.getGroup(), notification.getMuted());
        } else if (value instanceof Judgment judgment && judgment.getReason().startsWith(APPEAL)) {
            appeals.put(
                    judgment.getInteractionId() + "|" + judgment.getQuestionId(),
                    judgment.getReason().substring(APPEAL.length()));
        } else if (value instanceof RaterModel model && model.getKind() != RaterKind.HUMAN) {
            machines.put(model.getRaterId() + " on " + model.getQuestionId(), meanOfRight(model));
        } else if (value instanceof ItemsEvent event && event.getPrice() != null) {
            String pool = event.getPrice().getPool();
            // A price goes to every partition.
            if (priceVersions
                    .computeIfAbsent(pool, first -> new HashSet<>())
                    .add(event.getPrice().getVersion())) {
                prices.computeIfAbsent(pool, first -> new ArrayList<>())
                        .add(event.getPrice().getPriceMicros());
            }
        }
    }

    /** Raters who were suspended on any question, at any time. */
    synchronized Set<String> suspended() {
        return Set.copyOf(suspended);
    }

    /** Those of them whom the world knows to be careless or worse. */
    synchronized long rightlySuspended() {
        return suspended.stream().filter(world::isUnreliable).count();
    }

    /** Standings of raters on questions now, by status. */
    synchronized Map<String, Integer> standings() {
        Map<String, Integer> counts = new TreeMap<>();
        standings.values().forEach(status -> counts.merge(status.name(), 1, Integer::sum));
        return counts;
    }

    /** Alerts, by kind, question and subject. */
    synchronized Map<String, Integer> drifts() {
        return new TreeMap<>(drifts);
    }

    /** Appeals decided, by outcome. */
    synchronized Map<String, Integer> appeals() {
        Map<String, Integer> counts = new TreeMap<>();
        appeals.values().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        return counts;
    }

    /** How often each detector and AI judge is right by what people said, as the mean over classes, by name and question. */
    synchronized Map<String, Double> machines() {
        return new TreeMap<>(machines);
    }

    private static double meanOfRight(RaterModel model) {
        int classes = model.getClasses().size();
        double right = 0;
        for (int each = 0; each < classes; each++) {
            right += model.getMatrixMicros().get(each * classes + each) / 1e6;
        }
        return right / classes;
    }

    /** How often somebody was told of escalations. */
    synchronized int notifications() {
        return notifications;
    }

    /** Escalations that were muted, at the last word of each group. */
    synchronized int muted() {
        return muted.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The latest price of each pool, in micros. */
    synchronized Map<String, Long> prices() {
        Map<String, Long> latest = new TreeMap<>();
        prices.forEach((pool, all) -> latest.put(pool, all.get(all.size() - 1)));
        return latest;
    }

    /** The course of each pool's price, from nothing to its highest. */
    synchronized Map<String, String> priceLines() {
        Map<String, String> lines = new TreeMap<>();
        prices.forEach((pool, all) -> lines.put(pool, line(all)));
        return lines;
    }

    private static String line(List<Long> values) {
        long highest =
                Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(1));
        int width = Math.min(WIDTH, values.size());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < width; i++) {
            long value = values.get(i * values.size() / width);
            line.append(BARS.charAt((int) (value * (BARS.length() - 1) / highest)));
        }
        return line.toString();
    }
}
