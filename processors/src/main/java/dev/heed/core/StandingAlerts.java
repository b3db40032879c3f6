package dev.heed.core;

import dev.heed.fact.AlertInstalled;
import dev.heed.journal.SliceAlert;
import dev.heed.state.HeldAlerts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The alerts that stand in a stage that acts on them: of each alert the one that ends last, for as long as it stands. */
public final class StandingAlerts {
    /** Most alerts held; when there are more, the one that ends first makes room. */
    public static final int MAX = 64;

    private static final String KEY = "alerts";

    private StandingAlerts() {}

    /** The alerts that stand at a time, sorted by id. */
    public static List<SliceAlert> at(StateReader state, long nowMs) {
        return held(state).stream().filter(alert -> alert.getUntilMs() > nowMs).toList();
    }

    /** Takes over the step's event if it is an alert. */
    public static void decide(Step step) {
        if (!(step.event() instanceof SliceAlert alert)) {
            return;
        }
        List<SliceAlert> others = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        for (SliceAlert each : held(step.state())) {
            if (each.getAlertId().equals(alert.getAlertId())) {
                if (each.getUntilMs() >= alert.getUntilMs()) {
                    step.ignoreDuplicate();
                    return;
                }
            } else if (each.getUntilMs() <= step.nowMs()) {
                dropped.add(each.getAlertId());
            } else {
                others.add(each);
            }
        }
        if (others.size() >= MAX) {
            dropped.add(others.stream()
                    .min(Comparator.comparingLong(SliceAlert::getUntilMs))
                    .orElseThrow()
                    .getAlertId());
        }
        step.emit(new AlertInstalled(alert, dropped));
    }

    /** Changes what is held as the fact says. */
    public static void apply(State state, SpecificRecord fact) {
        if (fact instanceof AlertInstalled installed) {
            String id = installed.getAlert().getAlertId();
            List<SliceAlert> alerts = new ArrayList<>(held(state));
            alerts.removeIf(each ->
                    each.getAlertId().equals(id) || installed.getDropped().contains(each.getAlertId()));
            alerts.add(installed.getAlert());
            alerts.sort(Comparator.comparing(SliceAlert::getAlertId));
            state.put(KEY, new HeldAlerts(alerts));
        }
    }

    private static List<SliceAlert> held(StateReader state) {
        HeldAlerts held = state.get(KEY, HeldAlerts.class);
        return held == null ? List.of() : held.getAlerts();
    }
}
