package dev.nommu.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
  @Test
  void columns_areAsWideAsTheirWidestCell() {
    List<List<Cell>> rows =
        List.of(
            List.of(Cell.of("a"), Cell.of("bb"), Cell.of("c")),
            List.of(Cell.of("aaaa"), Cell.of(""), Cell.of("c")));
    assertThat(Columns.lay(rows, Palette.NONE)).containsExactly("a     bb  c", "aaaa      c");
  }

  @Test
  void colours_takeNoRoom() {
    Cell red = new Cell("a", Colour.RED);
    assertThat(Columns.lay(List.of(List.of(red, Cell.of("b"))), Palette.ANSI))
        .containsExactly("\u001b[31ma\u001b[0m  b");
  }

  @Test
  void lines_haveNoBlanksAtTheirEnds() {
    List<List<Cell>> rows =
        List.of(List.of(Cell.of("a"), Cell.of("")), List.of(Cell.of("a"), Cell.of("b")));
    assertThat(Columns.lay(rows, Palette.NONE)).containsExactly("a", "a  b");
  }
}
