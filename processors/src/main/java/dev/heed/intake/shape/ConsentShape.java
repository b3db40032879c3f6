package dev.heed.intake.shape;

import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import java.util.HashSet;
import java.util.List;

/** The shape of a consent. */
final class ConsentShape implements Shape<Consent> {
    @Override
    public Head head(Consent event) {
        return new Head(event.getEventId(), "subject_id", List.of(event.getSubjectId()), true, event.getOccurredAtMs());
    }

    @Override
    public void check(Consent event, Problems problems) {
        problems.id("event_id", event.getEventId());
        problems.personalId("subject_id", event.getSubjectId());
        problems.known("kind", event.getKind());
        List<ConsentScope> scopes = event.getScopes();
        boolean all = event.getKind() == ConsentKind.ERASE;
        problems.count("scopes", scopes.size(), all ? 0 : 1, all ? 0 : ConsentScope.values().length - 1);
        if (!event.getActor().isEmpty()) {
            problems.id("actor", event.getActor());
        }
        for (int i = 0; i < scopes.size(); i++) {
            problems.known("scopes[" + i + "]", scopes.get(i));
        }
        problems.check(new HashSet<>(scopes).size() == scopes.size(), "scopes", scopes, "no two alike");
    }
}
