package dev.nommu.cli.explain;

import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.text.Columns;
import dev.nommu.cli.text.Palette;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.tck.trail.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes an explanation with space for each rule. */
final class RemarkTable {
  private static final Cell NOTHING = Cell.of("");

  private RemarkTable() {}

  /** Returns the lines: a label and a text, below it the rule and a reference. */
  static List<String> lines(List<Remark> remarks, Palette palette) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Remark remark : remarks) {
      List<String> texts = texts(remark);
      Cell label = new Cell(remark.label().toString(), colour(remark.label()));
      rows.add(List.of(NOTHING, label, Cell.of(texts.getFirst())));
      texts.stream()
          .skip(1)
          .map(text -> List.of(NOTHING, NOTHING, new Cell(text, Colour.FAINT)))
          .forEach(rows::add);
    }
    return Columns.lay(rows, palette);
  }

  private static List<String> texts(Remark remark) {
    Stream<String> rule = remark.rule().map(RemarkTable::cited).stream();
    return Stream.concat(Stream.of(remark.text()), rule).filter(text -> !text.isEmpty()).toList();
  }

  private static String cited(Rule rule) {
    return "%s: %s (%s)".formatted(rule.id(), rule.sentence(), Remark.reference(rule));
  }

  private static Colour colour(Remark.Label label) {
    return switch (label) {
      case PASSED, OFFERED, APPLIED, ASKED, BY -> Colour.PLAIN;
      case DROPPED -> Colour.YELLOW;
      case REFUSED -> Colour.RED;
      case MAPPED, INSTEAD -> Colour.GREEN;
    };
  }
}
