package dev.nommu.cli.board;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.BuddyAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The memory map of a machine as a picture: a column for each bank, each to its own scale, so that
 * a partition of 4 KiB is legible next to RAM of 1 GiB. It is self-contained, and dark if the
 * reader's screen is.
 */
final class MemoryMapSvg {
  private static final int MARGIN = 24;
  private static final int COLUMNS = 3;
  private static final int TOP = 84;
  private static final int LEGEND = 24;

  private static final String STYLE =
      """
      text { font-family: system-ui, sans-serif; font-size: 12px; fill: #1d2329 }
      .title { font-size: 17px; font-weight: 600 }
      .name { font-weight: 600 }
      .faint { fill: #5b6570 }
      .address, .label { font-family: ui-monospace, monospace; font-size: 11px }
      .paper { fill: #ffffff }
      .bank { fill: #eceff2 }
      .frame { fill: none; stroke: #5b6570 }
      .free { fill: #1f8a4c }
      .used { fill: #d9772b }
      .reserved { fill: #8b939c }
      .partition { fill: #3f7fd1 }
      .piece { stroke: #ffffff; stroke-opacity: .7 }
      .leader, .break { stroke: #8b939c; fill: none }
      @media (prefers-color-scheme: dark) {
        text { fill: #e4e8ec }
        .faint { fill: #a3adb8 }
        .paper { fill: #15191e }
        .bank { fill: #262c33 }
        .frame { stroke: #a3adb8 }
        .free { fill: #3fbf77 }
        .used { fill: #e8924d }
        .reserved { fill: #6b747e }
        .partition { fill: #5b97e0 }
        .piece { stroke: #15191e }
        .leader, .break { stroke: #6b747e }
      }
      """;

  private MemoryMapSvg() {}

  /** Returns a picture of a machine's current memory. */
  static String of(Machine machine) {
    List<SvgColumn> columns = columns(machine);
    StringBuilder body = new StringBuilder();
    int top = TOP;
    for (int i = 0; i < columns.size(); i += COLUMNS) {
      List<SvgColumn> row = columns.subList(i, Math.min(columns.size(), i + COLUMNS));
      for (int at = 0; at < row.size(); at++) {
        body.append(row.get(at).at(MARGIN + at * SvgColumn.WIDTH, top));
      }
      top += row.stream().mapToInt(SvgColumn::height).max().orElse(0);
    }
    int width = MARGIN + Math.max(2, Math.min(COLUMNS, columns.size())) * SvgColumn.WIDTH;
    return picture(machine, width, top, body);
  }

  private static String picture(Machine machine, int width, int height, CharSequence body) {
    String title = escaped("Memory map of " + machine.board().name());
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
    <title>%3$s</title>
    <style>
    %4$s</style>
    <rect class="paper" x="0" y="0" width="%1$d" height="%2$d"/>
    <text class="title" x="%5$d" y="32">%3$s</text>
    %6$s%7$s</svg>
    """
        .formatted(width, height, title, STYLE, MARGIN, legend(), body);
  }

  private static List<SvgColumn> columns(Machine machine) {
    Stretches stretches = new Stretches(machine);
    List<SvgColumn> columns = new ArrayList<>();
    long end = 0;
    for (Bank bank : machine.memory().banks()) {
      long gap = columns.isEmpty() ? 0 : bank.range().start() - end;
      columns.add(new SvgColumn(bank.name(), bank.range(), gap, stretches.of(bank)));
      end = bank.range().end();
    }
    return columns;
  }

  private static String legend() {
    List<String> entries = new ArrayList<>();
    for (int order = 0; order <= BuddyAllocator.MAX_PAGE_ORDER; order++) {
      String faint = " fill-opacity=\"%s\"".formatted(opacity(order));
      entries.add(box("free", faint, order * LEGEND));
      entries.add(
          "<text class=\"faint\" x=\"%d\" y=\"28\">%d</text>\n"
              .formatted(order * LEGEND + 4, order));
    }
    int next = (BuddyAllocator.MAX_PAGE_ORDER + 1) * LEGEND;
    entries.add(words(next, "free blocks by order"));
    entries.add(box("used", "", next + 150) + words(next + 170, "used"));
    entries.add(box("reserved", "", next + 220) + words(next + 240, "reserved"));
    entries.add(box("partition", "", next + 310) + words(next + 330, "partition"));
    entries.add(box("bank", "", next + 400) + words(next + 420, "device"));
    return entries.stream()
        .collect(Collectors.joining("", "<g transform=\"translate(24 48)\">\n", "</g>\n"));
  }

  private static String box(String kind, String more, int x) {
    return "<rect class=\"%s\" x=\"%d\" y=\"0\" width=\"16\" height=\"16\"%s/>\n"
        .formatted(kind, x, more);
  }

  private static String words(int x, String text) {
    return "<text x=\"%d\" y=\"12\">%s</text>\n".formatted(x, text);
  }

  /** Returns the opacity of a free block: the larger, the more. */
  static String opacity(int order) {
    return String.format(Locale.ROOT, "%.2f", 0.2 + 0.08 * Math.min(order, 10));
  }

  /** Escapes text for XML. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            default ->
                escaped.appendCodePoint(
                    Character.getType(point) == Character.CONTROL ? '?' : point);
          }
        });
    return escaped.toString();
  }
}
