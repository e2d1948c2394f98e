package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One bank as a column of the drawing, lowest address at the top, to its own scale.
 *
 * @param name its name
 * @param range its addresses
 * @param gap bytes between it and the previous bank; 0 for the first and if adjacent
 * @param stretches its contents, ascending
 */
record SvgColumn(String name, AddressRange range, long gap, List<Stretch> stretches) {
  /** From one column to the next. */
  static final int WIDTH = 440;

  private static final int HEAD = 74;
  private static final int FOOT = 40;
  private static final int BAR = 96;
  private static final int LABELS = BAR + 36;
  private static final int LINE = 15;
  private static final int SHORT = 90;
  private static final int TALL = 420;
  private static final int FEW = 2;

  /** The minimum height of a piece with a visible border. */
  private static final double LEAST_PIECE = 3;

  /** Takes an immutable copy. */
  SvgColumn {
    stretches = List.copyOf(stretches);
  }

  /** Returns pixels, head and foot included. */
  int height() {
    return HEAD + bar() + FOOT;
  }

  private int bar() {
    int least = stretches.size() <= FEW ? SHORT : TALL;
    return Math.max(least, stretches.size() * LINE);
  }

  /** Draws it at a place. */
  String at(int left, int top) {
    StringBuilder svg = new StringBuilder();
    svg.append("<g transform=\"translate(%d %d)\">\n".formatted(left, top));
    head(svg);
    svg.append(
        "<rect class=\"bank\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
            .formatted(HEAD, BAR, bar()));
    stretches.forEach(stretch -> draw(svg, stretch));
    svg.append(
        "<rect class=\"frame\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
            .formatted(HEAD, BAR, bar()));
    labels(svg);
    text(svg, "address", 0, HEAD + bar() + 14, "0x%x".formatted(range.end()));
    svg.append("</g>\n");
    return svg.toString();
  }

  private void head(StringBuilder svg) {
    if (gap > 0) {
      svg.append(
          "<path class=\"break\" d=\"M0 6l12 -6 12 12 12 -12 12 12 12 -12 12 12 12 -6\"/>\n");
      text(svg, "faint", LABELS, 10, "gap of " + MachineView.size(gap));
    }
    text(svg, "name", 0, 34, name);
    text(
        svg,
        "faint",
        0,
        50,
        "%s, 1 pixel is %s".formatted(MachineView.size(range.length()), scale()));
    text(svg, "address", 0, HEAD - 6, "0x%x".formatted(range.start()));
  }

  private String scale() {
    double bytes = (double) range.length() / bar();
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    while (bytes >= 1024 && unit < units.length - 1) {
      bytes /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", bytes, units[unit]);
  }

  private double y(long address) {
    return HEAD + (double) (address - range.start()) / range.length() * bar();
  }

  /** A range too small for the scale is a line of one pixel. */
  private void draw(StringBuilder svg, Stretch stretch) {
    double from = y(stretch.range().start());
    double height = Math.max(1, y(stretch.range().end()) - from);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"0\" y=\"%.2f\" width=\"%d\" height=\"%.2f\"%s/>\n",
            stretch.kind().name().toLowerCase(Locale.ROOT),
            from,
            BAR,
            height,
            opacity(stretch)));
    double piece = height / stretch.pieces();
    for (int i = 0; i < stretch.pieces() && piece >= LEAST_PIECE; i++) {
      line(svg, "piece", 0, from + i * piece, BAR, from + i * piece);
    }
  }

  private static String opacity(Stretch stretch) {
    return stretch.kind() == Stretch.Kind.FREE
        ? " fill-opacity=\"%s\"".formatted(MemoryMapSvg.opacity(stretch.order()))
        : "";
  }

  private void labels(StringBuilder svg) {
    List<Double> places = places();
    for (int i = 0; i < places.size(); i++) {
      Stretch stretch = stretches.get(i);
      double middle = (y(stretch.range().start()) + y(stretch.range().end())) / 2;
      line(svg, "leader", BAR, middle, LABELS - 4, places.get(i));
      text(
          svg,
          "label",
          LABELS,
          places.get(i) + 4,
          "0x%x  %s".formatted(stretch.range().start(), stretch.label()));
    }
  }

  /** Returns the positions of the labels: as near to their ranges as the others permit. */
  private List<Double> places() {
    List<Double> places = new ArrayList<>();
    for (Stretch stretch : stretches) {
      double wanted = (y(stretch.range().start()) + y(stretch.range().end())) / 2;
      places.add(places.isEmpty() ? wanted : Math.max(wanted, places.getLast() + LINE));
    }
    double below = HEAD + bar();
    for (int i = places.size() - 1; i >= 0; i--) {
      places.set(i, Math.min(places.get(i), below));
      below = places.get(i) - LINE;
    }
    return places;
  }

  private static void line(
      StringBuilder svg, String kind, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.2f\" x2=\"%.1f\" y2=\"%.2f\"/>\n",
            kind,
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, String kind, double x, double y, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.2f\">%s</text>\n",
            kind,
            x,
            y,
            MemoryMapSvg.escaped(text)));
  }
}
