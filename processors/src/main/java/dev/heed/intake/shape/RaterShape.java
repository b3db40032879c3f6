package dev.heed.intake.shape;

import dev.heed.event.RaterProfile;

/** The shape of a rater's profile. */
final class RaterShape implements Shape<RaterProfile> {
    @Override
    public Head head(RaterProfile event) {
        return Head.of(event.getEventId(), "rater_id", event.getRaterId(), event.getOccurredAtMs());
    }

    @Override
    public void check(RaterProfile event, Problems problems) {
        problems.id("event_id", event.getEventId());
        problems.id("rater_id", event.getRaterId());
        problems.known("kind", event.getKind());
        problems.idOrEmpty("vendor_group", event.getVendorGroup());
        problems.distinctIds("pools", event.getPools(), 0, Limits.NAMES);
        problems.distinctIds("skills", event.getSkills(), 0, Limits.NAMES);
        problems.distinctIds("languages", event.getLanguages(), 0, Limits.NAMES);
        problems.optionalId("constitution", event.getConstitution());
        problems.between("capacity", event.getCapacity(), 1, Limits.LEASES);
    }
}
