package dev.heed.guarantee;

import dev.heed.core.Keys;
import dev.heed.event.RaterKind;
import dev.heed.fact.AppealDecided;
import dev.heed.fact.AppealOpened;
import dev.heed.fact.GoldAnswered;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.LabelSetAside;
import dev.heed.fact.SeniorEnded;
import dev.heed.fact.SeniorWanted;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Labels and leases of the items of one partition. */
final class Slots {
    private final List<String> breaches;
    private final Map<String, Set<String>> labelled = new HashMap<>();
    private final Map<String, Set<String>> leased = new HashMap<>();
    private final Map<String, Integer> extra = new HashMap<>();
    private final Map<String, Set<String>> seen = new HashMap<>();
    /** Items that ask a senior, and who got the task; empty when nobody did yet. */
    private final Map<String, String> seniors = new HashMap<>();

    private final Set<String> askedSenior = new HashSet<>();
    /** Who holds a gold item, and who has answered it. */
    private final Map<String, Set<String>> goldHeld = new HashMap<>();

    private final Map<String, Set<String>> goldAnswered = new HashMap<>();
    private @Nullable Policy policy;

    Slots(List<String> breaches) {
        this.breaches = breaches;
    }

    void add(long offset, ItemsFact fact) {
        if (fact.getPolicyInstalled() != null) {
            policy = fact.getPolicyInstalled().getPolicy();
        } else if (fact.getLeaseRecorded() != null) {
            LeaseGranted lease = fact.getLeaseRecorded().getLease();
            String item = item(lease.getInteractionId(), lease.getQuestionId());
            if (!of(leased, item).add(lease.getRaterId())) {
                breaches.add(item + "@" + offset + ": rater " + lease.getRaterId() + " holds two leases");
            }
            if (of(labelled, item).contains(lease.getRaterId())) {
                breaches.add(item + "@" + offset + ": rater " + lease.getRaterId() + " is asked again");
            }
            if (lease.getSenior()) {
                seniors.computeIfPresent(item, (each, before) -> lease.getRaterId());
            }
            checkSlots(item, lease.getQuestionId(), offset);
        } else if (fact.getSeniorWanted() != null) {
            askSenior(offset, fact.getSeniorWanted());
        } else if (fact.getSeniorEnded() != null) {
            endSenior(offset, fact.getSeniorEnded());
        } else if (fact.getLeaseCleared() != null) {
            var lease = fact.getLeaseCleared().getLease();
            of(leased, item(lease.getInteractionId(), lease.getQuestionId())).remove(lease.getRaterId());
        } else if (fact.getLabelSetAside() != null) {
            LabelSetAside setAside = fact.getLabelSetAside();
            of(labelled, item(setAside.getInteractionId(), setAside.getQuestionId()))
                    .remove(setAside.getRaterId());
        } else if (fact.getAppealOpened() != null) {
            AppealOpened opened = fact.getAppealOpened();
            extra.merge(item(opened.getInteractionId(), opened.getQuestionId()), opened.getRaters(), Integer::sum);
            seen.put(item(opened.getInteractionId(), opened.getQuestionId()), Set.copyOf(opened.getSeenRaters()));
        } else if (fact.getAppealDecided() != null) {
            close(offset, fact.getAppealDecided());
        } else if (fact.getProposalMade() != null) {
            if (fact.getProposalMade().getReplacedQuestionId() == null) {
                count(offset, fact.getProposalMade().getFeedback());
            }
        } else if (fact.getProposalWithdrawn() != null) {
            FeedbackAccepted feedback = fact.getProposalWithdrawn().getFeedback();
            of(labelled, item(feedback.getInteractionId(), feedback.getQuestionId()))
                    .remove(feedback.getRaterId());
        } else if (fact.getGoldTaskRecorded() != null) {
            LeaseGranted lease = fact.getGoldTaskRecorded().getLease();
            String item = item(lease.getInteractionId(), lease.getQuestionId());
            boolean known = of(labelled, item).contains(lease.getRaterId())
                    || of(leased, item).contains(lease.getRaterId())
                    || of(goldAnswered, item).contains(lease.getRaterId());
            if (!of(goldHeld, item).add(lease.getRaterId()) || known) {
                breaches.add(item + "@" + offset + ": rater " + lease.getRaterId() + " is tested twice");
            }
        } else if (fact.getGoldTaskEnded() != null) {
            LeaseEnded lease = fact.getGoldTaskEnded().getLease();
            of(goldHeld, item(lease.getInteractionId(), lease.getQuestionId())).remove(lease.getRaterId());
        } else if (fact.getGoldAnswered() != null) {
            answer(offset, fact.getGoldAnswered());
        } else if (fact.getLabelAccepted() != null) {
            count(offset, fact.getLabelAccepted().getFeedback());
        } else if (fact.getLabelReplaced() != null && fact.getLabelReplaced().getLabels() == null) {
            FeedbackAccepted feedback = fact.getLabelReplaced().getFeedback();
            of(labelled, item(feedback.getInteractionId(), feedback.getQuestionId()))
                    .remove(feedback.getRaterId());
        }
    }

    private void askSenior(long offset, SeniorWanted wanted) {
        String item = item(wanted.getInteractionId(), wanted.getQuestionId());
        Question question = question(wanted.getQuestionId());
        int counted = of(labelled, item).size();
        if (!askedSenior.add(item) || wanted.getSlots() > 1) {
            breaches.add(item + "@" + offset + ": a second senior is asked");
        }
        if (wanted.getSlots() > 0 && question != null && counted < question.getMaxRaters()) {
            breaches.add(item + "@" + offset + ": a senior is asked after " + counted + " labels (expected: "
                    + question.getMaxRaters() + ")");
        }
        if (wanted.getSlots() > 0) {
            seniors.put(item, "");
            extra.merge(item, wanted.getSlots(), Integer::sum);
        }
    }

    private void endSenior(long offset, SeniorEnded ended) {
        String item = item(ended.getInteractionId(), ended.getQuestionId());
        stays(item, ended.getQuestionId(), ended.getExtraSlots(), offset);
        if (seniors.remove(item) == null) {
            breaches.add(item + "@" + offset + ": a senior's turn ends that had not begun");
        }
        if (ended.getOutcome().equals("reopened")) {
            askedSenior.remove(item);
        }
        extra.put(item, ended.getExtraSlots());
    }

    /** Of slots that were added those stay that are in use. */
    private void stays(String item, String questionId, int slots, long offset) {
        Question question = question(questionId);
        int used = of(labelled, item).size() + of(leased, item).size();
        if (question != null && slots != Math.max(0, used - question.getMaxRaters())) {
            breaches.add(item + "@" + offset + ": " + slots + " slots stay beyond " + question.getMaxRaters() + " with "
                    + used + " in use");
        }
    }

    private void answer(long offset, GoldAnswered answered) {
        FeedbackAccepted feedback = answered.getFeedback();
        String item = item(feedback.getInteractionId(), feedback.getQuestionId());
        boolean held = of(goldHeld, item).remove(feedback.getRaterId());
        if (answered.getLeased() != held && !feedback.getWithdrawn()) {
            breaches.add(item + "@" + offset + ": rater " + feedback.getRaterId() + " answered "
                    + (held ? "a lease that is not said" : "without the lease that is said"));
        }
        if (held && feedback.getWithdrawn()) {
            of(goldHeld, item).add(feedback.getRaterId());
        }
        if (feedback.getWithdrawn()) {
            of(goldAnswered, item).remove(feedback.getRaterId());
        } else {
            of(goldAnswered, item).add(feedback.getRaterId());
        }
    }

    private void count(long offset, FeedbackAccepted feedback) {
        if (feedback.getRaterKind() != RaterKind.HUMAN) {
            return;
        }
        String item = item(feedback.getInteractionId(), feedback.getQuestionId());
        of(leased, item).remove(feedback.getRaterId());
        if (!of(labelled, item).add(feedback.getRaterId())) {
            breaches.add(item + "@" + offset + ": rater " + feedback.getRaterId() + " counts twice");
        }
        checkSlots(item, feedback.getQuestionId(), offset);
    }

    /** What an appeal added goes with it, but for what is in use. */
    private void close(long offset, AppealDecided decided) {
        String item = item(decided.getInteractionId(), decided.getQuestionId());
        stays(item, decided.getQuestionId(), decided.getExtraSlots(), offset);
        for (SubmittedLabel label : decided.getFreshLabels()) {
            if (seen.getOrDefault(item, Set.of()).contains(label.getRaterId())) {
                breaches.add(item + "@" + offset + ": rater " + label.getRaterId() + " had seen what is appealed");
            }
        }
        extra.put(item, decided.getExtraSlots());
        seen.remove(item);
    }

    private void checkSlots(String item, String questionId, long offset) {
        int used = of(labelled, item).size() + of(leased, item).size();
        Question question = question(questionId);
        if (question != null && used > question.getMaxRaters() + extra.getOrDefault(item, 0)) {
            breaches.add(item + "@" + offset + ": " + used + " labels and leases (expected: at most "
                    + question.getMaxRaters() + " and " + extra.getOrDefault(item, 0)
                    + " of an appeal or a senior)");
        }
        String senior = seniors.get(item);
        if (question != null && senior != null) {
            boolean atWork =
                    of(labelled, item).contains(senior) || of(leased, item).contains(senior);
            int others = used - (atWork ? 1 : 0);
            if (others > question.getMaxRaters() + extra.getOrDefault(item, 0) - 1) {
                breaches.add(item + "@" + offset + ": " + others + " labels and leases of others than the senior");
            }
        }
    }

    private @Nullable Question question(String questionId) {
        if (policy == null) {
            return null;
        }
        return policy.getQuestions().stream()
                .filter(question -> question.getQuestionId().equals(Keys.owner(questionId)))
                .findFirst()
                .orElse(null);
    }

    private static String item(String interactionId, String questionId) {
        return interactionId + "|" + questionId;
    }

    private static Set<String> of(Map<String, Set<String>> sets, String item) {
        return sets.computeIfAbsent(item, each -> new HashSet<>());
    }
}
