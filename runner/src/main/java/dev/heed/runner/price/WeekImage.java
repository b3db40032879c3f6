package dev.heed.runner.price;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws weeks, one above the other: what came, what was spent, and the price, each as a share of its highest. */
final class WeekImage {
    private static final int WIDTH = 1_100;
    private static final int PANEL = 240;
    private static final int MARGIN = 30;
    private static final Color CAME = new Color(0xBBBBBB);
    private static final Color SPENT = new Color(0x0072B2);
    private static final Color PRICE = new Color(0xD55E00);

    private WeekImage() {}

    static void write(Path file, List<PriceFigures> weeks) throws IOException {
        // Without it the first drawing looks for a screen.
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(WIDTH, PANEL * weeks.size(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, PANEL * weeks.size());
        for (int i = 0; i < weeks.size(); i++) {
            PriceFigures week = weeks.get(i);
            int bottom = PANEL * (i + 1) - MARGIN;
            pen.setColor(Color.BLACK);
            pen.drawString(
                    week.load() + ", seed " + week.seed() + ": items (grey), labels (blue) and price (red) by the hour",
                    MARGIN,
                    bottom - PANEL + 2 * MARGIN - 10);
            draw(pen, week.came(), CAME, bottom);
            draw(pen, week.spent(), SPENT, bottom);
            draw(pen, week.priceMicros(), PRICE, bottom);
        }
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static void draw(Graphics2D pen, long[] byHour, Color color, int bottom) {
        double highest = Math.max(1, Arrays.stream(byHour).max().orElse(1));
        double wide = (double) (WIDTH - 2 * MARGIN) / Math.max(1, byHour.length - 1);
        int high = PANEL - 2 * MARGIN;
        pen.setColor(color);
        pen.setStroke(new BasicStroke(1.5f));
        for (int hour = 1; hour < byHour.length; hour++) {
            pen.drawLine(
                    (int) (MARGIN + wide * (hour - 1)),
                    (int) (bottom - high * byHour[hour - 1] / highest),
                    (int) (MARGIN + wide * hour),
                    (int) (bottom - high * byHour[hour] / highest));
        }
    }
}
