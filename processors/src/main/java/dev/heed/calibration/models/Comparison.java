package dev.heed.calibration.models;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Matrices;
import dev.heed.calibration.StoredCounts;
import dev.heed.calibration.Vectors;
import dev.heed.core.Keys;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.fact.ModelsCompared;
import dev.heed.fact.ModelsPublished;
import dev.heed.fact.RaterRef;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterModels;
import dev.heed.state.LabelTally;
import dev.heed.state.ModelsCursor;
import dev.heed.state.QuestionTally;
import dev.heed.state.RaterTouched;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a question's models with the published ones, and publishes them if any moved beyond the tolerance. */
final class Comparison {
    private static final List<RaterKind> BUNDLED_KINDS = List.of(RaterKind.DETECTOR, RaterKind.AI_JUDGE);

    private final Step step;
    private final String questionId;
    private final long toleranceMicros;
    private final List<String> classes;
    private final StoredCounts counts;
    private final Matrices matrices;
    private final @Nullable RaterModels published;
    private final long version;

    Comparison(Step step, String questionId) {
        this.step = step;
        this.questionId = questionId;
        this.toleranceMicros = step.policy().getModelToleranceMicros();
        this.classes = Objects.requireNonNull(
                        step.state().get(CalibrationKeys.question(questionId), QuestionTally.class))
                .getClasses();
        this.counts = new StoredCounts(step.state(), questionId, classes.size());
        this.matrices = Matrices.under(step.policy(), questionId, counts);
        this.published = Objects.requireNonNull(step.state().get(ModelKeys.cursor(questionId), ModelsCursor.class))
                .getPublished();
        this.version = published == null ? 1 : published.getVersion() + 1;
    }

    void decide() {
        List<RaterRef> compared = new ArrayList<>();
        List<RaterModel> changed = new ArrayList<>();
        for (StateReader.Entry<RaterTouched> entry : step.state()
                .withPrefix(
                        CalibrationKeys.touched(questionId), RaterTouched.class, ModelsFeature.MAX_RATERS_COMPARED)) {
            String[] parts = Keys.parts(entry.key());
            RaterRef rater = new RaterRef(RaterKind.valueOf(parts[2]), parts[3]);
            compared.add(rater);
            RaterModel model = model(rater.getKind(), rater.getRaterId());
            if (hasMoved(model)) {
                changed.add(model);
            }
        }
        step.emit(new ModelsCompared(questionId, compared));
        RaterModels bundle = bundle();
        if (!changed.isEmpty() || hasMoved(bundle)) {
            step.emit(new ModelsPublished(bundle, changed));
        }
    }

    private boolean hasMoved(RaterModel model) {
        RaterModel before = step.state()
                .get(ModelKeys.published(questionId, model.getKind(), model.getRaterId()), RaterModel.class);
        return before == null || isBeyondTolerance(before.getMatrixMicros(), model.getMatrixMicros());
    }

    private boolean hasMoved(RaterModels bundle) {
        return published == null
                || isBeyondTolerance(published.getClassPriorMicros(), bundle.getClassPriorMicros())
                || isBeyondTolerance(published.getHumanMatrixMicros(), bundle.getHumanMatrixMicros())
                || isBeyondTolerance(published.getDetectorMatrixMicros(), bundle.getDetectorMatrixMicros());
    }

    private boolean isBeyondTolerance(List<Long> before, List<Long> now) {
        return Vectors.distance(before, now) > toleranceMicros;
    }

    private RaterModels bundle() {
        List<RaterModel> raters = new ArrayList<>();
        for (RaterKind kind : BUNDLED_KINDS) {
            for (StateReader.Entry<LabelTally> entry : step.state()
                    .withPrefix(
                            CalibrationKeys.tallies(questionId, kind),
                            LabelTally.class,
                            ModelsFeature.MAX_RATERS_BUNDLED)) {
                raters.add(model(kind, Keys.lastPart(entry.key())));
            }
        }
        raters.sort(Comparator.comparing(RaterModel::getRaterId));
        return new RaterModels(
                questionId,
                version,
                classes,
                Matrices.micros(matrices.populationPrior()),
                Matrices.micros(matrices.pooled(RaterKind.HUMAN)),
                Matrices.micros(matrices.pooled(RaterKind.DETECTOR)),
                raters);
    }

    private RaterModel model(RaterKind kind, String raterId) {
        return new RaterModel(
                questionId,
                raterId,
                kind,
                classes,
                Matrices.micros(matrices.of(kind, raterId)),
                (int) Math.min(counts.labels(kind, raterId), Integer.MAX_VALUE),
                version);
    }
}
