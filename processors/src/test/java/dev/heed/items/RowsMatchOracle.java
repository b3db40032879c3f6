package dev.heed.items;

import dev.heed.event.RowOp;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.GoldSetAside;
import dev.heed.fact.InteractionRecorded;
import dev.heed.fact.Judged;
import dev.heed.fact.ProposalMade;
import dev.heed.fact.ProposalWithdrawn;
import dev.heed.fact.RowChanged;
import dev.heed.math.KeyedHash;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * After every journal record, the rows that the deltas leave standing are those one finds by looking at all consents,
 * judgments and known answers so far; under the rules of {@link ItemsPolicies}.
 */
final class RowsMatchOracle extends AfterEachRecord {
    private final double holdout;
    private final Map<String, String> clusters = new HashMap<>();
    private final Map<String, ConsentDecided> consents = new HashMap<>();
    private final Map<String, Judgment> judgments = new TreeMap<>();
    private final Set<String> gold = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final Map<String, String> standing = new TreeMap<>();

    RowsMatchOracle(double holdout) {
        this.holdout = holdout;
    }

    @Override
    protected void read(SpecificRecord fact) {
        if (fact instanceof InteractionRecorded recorded) {
            clusters.put(
                    recorded.getInteraction().getInteractionId(),
                    recorded.getInteraction().getPromptCluster());
        } else if (fact instanceof ConsentApplied applied) {
            consents.merge(
                    applied.getConsent().getInteractionId(),
                    applied.getConsent(),
                    (a, b) -> a.getEpoch() > b.getEpoch() ? a : b);
        } else if (fact instanceof Judged judged) {
            Judgment judgment = judged.getJudgment();
            judgments.put(judgment.getInteractionId() + "|" + judgment.getQuestionId(), judgment);
        } else if (fact instanceof ProposalMade made) {
            if (made.getReplacedQuestionId() != null) {
                gone.add(made.getReplacedQuestionId());
            }
        } else if (fact instanceof ProposalWithdrawn withdrawn) {
            gone.add(withdrawn.getJudgingQuestionId());
        } else if (fact instanceof GoldRecorded recorded) {
            gold.add(recorded.getGold().getInteractionId() + "|"
                    + recorded.getGold().getQuestionId());
        } else if (fact instanceof GoldSetAside setAside) {
            gold.remove(setAside.getInteractionId() + "|" + setAside.getQuestionId());
        } else if (fact instanceof RowChanged changed) {
            Delta delta = changed.getDelta();
            if (delta.getOp() == RowOp.RETRACT) {
                standing.remove(delta.getRowId());
            } else {
                standing.put(
                        delta.getRowId(),
                        delta.getClassName() + " " + delta.getSplit() + " " + delta.getChosenKey() + " "
                                + delta.getRejectedKey());
            }
        }
    }

    @Override
    protected void compare(long offset, List<String> breaches) {
        Map<String, String> expected = new TreeMap<>();
        judgments.forEach((item, judgment) -> {
            ConsentDecided consent = consents.get(judgment.getInteractionId());
            boolean person = judgment.getLabels().stream()
                    .anyMatch(label -> label.getRaterKind().name().equals("HUMAN"));
            if (consent != null && consent.getTrain() && person && !gold.contains(item) && !judgment.getSuperseded()) {
                expect(expected, item, judgment);
            }
        });
        if (!expected.equals(standing)) {
            breaches.add("after offset " + offset + " rows stand " + standing + " (expected: " + expected + ")");
        }
    }

    private void expect(Map<String, String> rows, String item, Judgment judgment) {
        String id = judgment.getInteractionId();
        double u = KeyedHash.unit(ItemsTrial.SEED, "holdout", Objects.requireNonNull(clusters.get(id)));
        String head = judgment.getClassName() + " " + (u < holdout ? "HOLDOUT" : "TRAIN") + " ";
        int said = judgment.getClasses().indexOf(judgment.getClassName());
        long belief = judgment.getBeliefMicros().get(said);
        if (judgment.getQuestionId().equals(ItemsPolicies.VIOLATION)) {
            if (belief >= 700_000) {
                rows.put(item + "|guardrail", head + id + "|candidate/0 null");
            }
        } else if (judgment.getQuestionId().equals(ItemsPolicies.RANKING)) {
            expectPairs(rows, item, judgment, head);
            if (said < 2 && belief >= 800_000) {
                rows.put(item + "|sft", head + id + "|candidate/" + said + " null");
            }
        } else if (judgment.getQuestionId().startsWith(ItemsPolicies.ACCEPTABLE)) {
            String text = id + "|feedback/" + judgment.getQuestionId().substring(ItemsPolicies.ACCEPTABLE.length() + 1);
            if (said == 0 && !gone.contains(judgment.getQuestionId())) {
                if (belief >= 800_000) {
                    rows.put(item + "|preference", head + text + " " + id + "|candidate/0");
                }
                if (belief >= 900_000) {
                    rows.put(item + "|sft", head + text + " null");
                }
            }
        } else if (judgment.getQuestionId().equals(ItemsPolicies.RATING)) {
            if (belief >= 500_000) {
                rows.put(item + "|binary", head + id + "|candidate/0 null");
            }
            if (said == 2 && belief >= 600_000) {
                rows.put(item + "|sft", head + id + "|candidate/0 null");
            }
        } else if (said < 2) {
            String chosen = id + "|candidate/" + said;
            if (belief >= 500_000) {
                rows.put(item + "|preference", head + chosen + " " + id + "|candidate/" + (1 - said));
            }
            if (belief >= 900_000) {
                rows.put(item + "|sft", head + chosen + " null");
            }
        }
    }

    private static void expectPairs(Map<String, String> rows, String item, Judgment judgment, String head) {
        List<Long> strengths = judgment.getStrengthsMicros();
        String candidate = judgment.getInteractionId() + "|candidate/";
        for (int i = 0; i < strengths.size(); i++) {
            for (int j = i + 1; j < strengths.size(); j++) {
                double share = (double) strengths.get(i) / (strengths.get(i) + strengths.get(j));
                if (Math.max(share, 1 - share) >= 0.7) {
                    String both =
                            share > 0.5 ? candidate + i + " " + candidate + j : candidate + j + " " + candidate + i;
                    rows.put(item + "|preference|" + i + "-" + j, head + both);
                }
            }
        }
    }
}
