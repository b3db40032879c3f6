package dev.heed.runner.whatif;

import dev.heed.whatif.Ledger;
import dev.heed.whatif.MissedRisk;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Draws what was spent and what was missed up to each time, in the record and under the other policy. */
final class WhatIfImage {
    private static final int WIDTH = 1_000;
    private static final int PANEL = 300;
    private static final int MARGIN = 60;
    private static final Color RECORD = new Color(0x555555);
    private static final Color OTHER = new Color(0xD55E00);

    private record Step(long timeMs, double total) {}

    private WhatIfImage() {}

    static void write(Path file, WhatIfReport report) throws IOException {
        // Without it the first drawing looks for a screen.
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(WIDTH, 2 * PANEL, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, 2 * PANEL);
        List<Step> spent = spent(report.result().recorded());
        List<Step> spentByOther = spent(report.result().other());
        List<Step> missed = missed(report.recordedRisk());
        List<Step> missedByOther = missed(report.risk());
        List<Long> times = Stream.of(spent, spentByOther, missed, missedByOther)
                .flatMap(List::stream)
                .map(Step::timeMs)
                .sorted()
                .toList();
        long from = times.isEmpty() ? 0 : times.get(0);
        long to = times.isEmpty() ? 1 : Math.max(from + 1, times.get(times.size() - 1));
        String labels = "labels handed out so far: record (grey), other policy (red)";
        new Panel(pen, from, to, PANEL).draw(labels, spent, spentByOther);
        String loss = "estimated loss on items that went wrong unseen, by the time of their first look";
        new Panel(pen, from, to, 2 * PANEL).draw(loss, missed, missedByOther);
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static List<Step> spent(Ledger ledger) {
        List<Long> times =
                ledger.handOuts().stream().map(Ledger.HandOut::timeMs).sorted().toList();
        List<Step> steps = new ArrayList<>();
        times.forEach(time -> steps.add(new Step(time, steps.size() + 1)));
        return steps;
    }

    private static List<Step> missed(MissedRisk risk) {
        List<Step> steps = new ArrayList<>();
        double total = 0;
        for (MissedRisk.Moment moment : risk.moments()) {
            total += moment.loss();
            steps.add(new Step(moment.timeMs(), total));
        }
        return steps;
    }

    /** One pair of lines over a span of time. */
    private record Panel(Graphics2D pen, long from, long to, int bottom) {
        void draw(String title, List<Step> record, List<Step> other) {
            double most = Stream.of(record, other)
                    .flatMap(List::stream)
                    .mapToDouble(Step::total)
                    .max()
                    .orElse(0);
            pen.setStroke(new BasicStroke(1));
            pen.setColor(Color.BLACK);
            pen.drawString(title, MARGIN, bottom - PANEL + MARGIN - 20);
            pen.drawString(String.format(Locale.ROOT, "%.1f", most), 8, bottom - PANEL + MARGIN + 5);
            pen.drawString("0", MARGIN - 15, bottom - MARGIN + 5);
            String minutes = String.format(Locale.ROOT, "%.1f min", (to - from) / 60_000.0);
            pen.drawString(minutes, WIDTH - MARGIN - 20, bottom - MARGIN + 20);
            pen.drawLine(MARGIN, bottom - MARGIN, WIDTH - MARGIN, bottom - MARGIN);
            pen.drawLine(MARGIN, bottom - MARGIN, MARGIN, bottom - PANEL + MARGIN);
            double highest = most > 0 ? most : 1;
            line(record, RECORD, 3, highest);
            line(other, OTHER, 1.5f, highest);
        }

        private void line(List<Step> steps, Color color, float width, double most) {
            pen.setColor(color);
            pen.setStroke(new BasicStroke(width));
            int x = MARGIN;
            int y = bottom - MARGIN;
            for (Step step : steps) {
                int nextX = MARGIN + (int) ((double) (step.timeMs() - from) / (to - from) * (WIDTH - 2 * MARGIN));
                int nextY = bottom - MARGIN - (int) (step.total() / most * (PANEL - 2 * MARGIN));
                pen.drawLine(x, y, nextX, y);
                pen.drawLine(nextX, y, nextX, nextY);
                x = nextX;
                y = nextY;
            }
            pen.drawLine(x, y, WIDTH - MARGIN, y);
        }
    }
}
