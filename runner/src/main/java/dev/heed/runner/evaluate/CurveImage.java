package dev.heed.runner.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/** Draws curves of accuracy against labels per item. */
final class CurveImage {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 500;
    private static final int MARGIN = 60;
    private static final int LINES = 5;
    private static final List<Color> COLORS =
            List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x555555), new Color(0x009E73));

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D pen;
    private final double mostLabels;
    private final double lowest;
    private final double highest;

    private CurveImage(List<Curve> curves) {
        // Without it the first drawing looks for a screen.
        System.setProperty("java.awt.headless", "true");
        this.pen = image.createGraphics();
        this.mostLabels = extreme(curves, 1, Curve.Point::labelsPerItem);
        double top = extreme(curves, 1, CurveImage::accuracy);
        double bottom = extreme(curves, -1, CurveImage::accuracy);
        this.highest = top + (top - bottom) / 20 + 1e-3;
        this.lowest = bottom - (top - bottom) / 20 - 1e-3;
    }

    /** Writes the curves as PNG. Points without an accuracy are not drawn. */
    static void write(Path file, String title, List<Curve> curves) throws IOException {
        CurveImage image = new CurveImage(curves);
        image.frame(title);
        for (int i = 0; i < curves.size(); i++) {
            image.draw(curves.get(i), i);
        }
        image.pen.dispose();
        ImageIO.write(image.image, "png", file.toFile());
    }

    private void frame(String title) {
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        for (int i = 0; i <= LINES; i++) {
            double accuracy = lowest + (highest - lowest) * i / LINES;
            double labels = mostLabels * i / LINES;
            pen.setColor(new Color(0xDDDDDD));
            pen.drawLine(MARGIN, y(accuracy), WIDTH - MARGIN, y(accuracy));
            pen.drawLine(x(labels), MARGIN, x(labels), HEIGHT - MARGIN);
            pen.setColor(Color.BLACK);
            pen.drawString(String.format(Locale.ROOT, "%.3f", accuracy), MARGIN - 45, y(accuracy) + 5);
            pen.drawString(String.format(Locale.ROOT, "%.1f", labels), x(labels) - 10, HEIGHT - MARGIN + 20);
        }
        pen.drawString(title + ": items answered right, by labels per item", MARGIN, MARGIN - 20);
    }

    private void draw(Curve curve, int number) {
        pen.setColor(COLORS.get(number % COLORS.size()));
        pen.setStroke(new BasicStroke(2));
        List<Curve.Point> points = curve.points().stream()
                .filter(point -> point.accuracy() != null)
                .toList();
        for (int i = 1; i < points.size(); i++) {
            Curve.Point from = points.get(i - 1);
            Curve.Point to = points.get(i);
            pen.drawLine(x(from.labelsPerItem()), y(accuracy(from)), x(to.labelsPerItem()), y(accuracy(to)));
        }
        int line = HEIGHT - MARGIN - 20 * (number + 1);
        pen.drawLine(WIDTH - 260, line, WIDTH - 235, line);
        pen.drawString(curve.name(), WIDTH - 228, line + 5);
    }

    private int x(double labels) {
        return (int) Math.round(MARGIN + labels / mostLabels * (WIDTH - 2 * MARGIN));
    }

    private int y(double accuracy) {
        return (int) Math.round(HEIGHT - MARGIN - (accuracy - lowest) / (highest - lowest) * (HEIGHT - 2 * MARGIN));
    }

    private static double accuracy(Curve.Point point) {
        return Objects.requireNonNull(point.accuracy());
    }

    /** The largest value of all points, or with sign -1 the smallest. */
    private static double extreme(List<Curve> curves, int sign, ToDoubleFunction<Curve.Point> valueOf) {
        return sign
                * curves.stream()
                        .flatMap(curve -> curve.points().stream())
                        .filter(point -> point.accuracy() != null)
                        .mapToDouble(point -> sign * valueOf.applyAsDouble(point))
                        .max()
                        .orElse(sign);
    }
}
