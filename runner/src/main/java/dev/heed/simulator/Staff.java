package dev.heed.simulator;

import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.simulator.Reviewer.Character;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everybody who labels: reviewers, detectors and an AI judge. Of the reviewers most look at lessons, and are mostly good,
 * some careless, two of the sort that click the first button. A few do nothing but compare answers, or write about them, and
 * two seniors are asked when the others do not agree.
 */
final class Staff {
    /** One request for work in three is about safety. */
    private static final List<String> LESSONS = List.of("safety", "quality", "quality");

    private static final List<Reviewer> REVIEWERS = reviewing();

    private Staff() {}

    static List<Reviewer> reviewers() {
        return REVIEWERS;
    }

    static Optional<Reviewer> find(String raterId) {
        return REVIEWERS.stream()
                .filter(reviewer -> reviewer.id().equals(raterId))
                .findFirst();
    }

    private static List<Reviewer> reviewing() {
        List<Reviewer> staff = new ArrayList<>();
        hire(staff, "rev", Character.EXCELLENT, 5, LESSONS);
        hire(staff, "rev", Character.GOOD, 9, LESSONS);
        hire(staff, "rev", Character.CARELESS, 4, LESSONS);
        hire(staff, "rev", Character.SPAMMING, 2, LESSONS);
        hire(staff, "pairs", Character.GOOD, 4, List.of("pairs"));
        hire(staff, "pairs", Character.CARELESS, 1, List.of("pairs"));
        hire(staff, "writer", Character.GOOD, 3, List.of("writing"));
        hire(staff, "senior", Character.EXCELLENT, 2, List.of(Reviewer.SENIORS));
        return List.copyOf(staff);
    }

    private static void hire(List<Reviewer> staff, String team, Character character, int count, List<String> pools) {
        for (int i = 1; i <= count; i++) {
            // Every third of a kind reads only English and German.
            List<String> languages = i % 3 == 0 ? List.of("de", "en") : List.of();
            String id = team + "-" + character.name().toLowerCase(Locale.ROOT) + "-" + i;
            staff.add(new Reviewer(id, character, pools, languages));
        }
    }

    /** What the loop is told of them in a run. */
    static List<RaterProfile> profiles(String run) {
        List<RaterProfile> profiles = new ArrayList<>();
        for (Reviewer reviewer : REVIEWERS) {
            profiles.add(profile(run, reviewer.id(), RaterKind.HUMAN, "")
                    .setPools(reviewer.pools().stream().distinct().sorted().toList())
                    .setLanguages(reviewer.languages())
                    .setCapacity(Workforce.TASKS_AT_ONCE)
                    .build());
        }
        for (SimulatedDetector detector : SimulatedDetector.ALL) {
            profiles.add(profile(run, detector.id(), RaterKind.DETECTOR, detector.vendor())
                    .build());
        }
        profiles.add(profile(run, SimulatedJudge.RULES.id(), RaterKind.AI_JUDGE, "lumen")
                .build());
        profiles.add(
                profile(run, StudyBuddy.USER_REPORT, RaterKind.DETECTOR, "").build());
        profiles.sort(Comparator.comparing(RaterProfile::getRaterId));
        return profiles;
    }

    private static RaterProfile.Builder profile(String run, String id, RaterKind kind, String vendor) {
        return RaterProfile.newBuilder()
                .setEventId("rater-" + run + "-" + id)
                .setRaterId(id)
                .setKind(kind)
                .setVendorGroup(vendor)
                .setOccurredAtMs(0);
    }
}
