package dev.heed.items.escalation;

import dev.heed.policy.EscalationLevel;
import java.util.List;

/** The levels of one escalation, mildest first. */
record Levels(List<EscalationLevel> levels) {
    /** No level. */
    static final int NONE = -1;

    /** The highest level whose threshold the risk reaches, or {@link #NONE}. */
    int reachedBy(long riskMicros) {
        for (int index = levels.size() - 1; index >= 0; index--) {
            if (levels.get(index).getRiskThresholdMicros() <= riskMicros) {
                return index;
            }
        }
        return NONE;
    }

    boolean isLast(int index) {
        return index == levels.size() - 1;
    }

    EscalationLevel at(int index) {
        return levels.get(index);
    }

    /** When the level is left unacknowledged, told at this time; 0 when there is nowhere to go or it never times out. */
    long dueMs(int index, long toldMs) {
        long timeoutMs = levels.get(index).getAckTimeoutMs();
        return isLast(index) || timeoutMs <= 0 ? 0 : toldMs + timeoutMs;
    }
}
