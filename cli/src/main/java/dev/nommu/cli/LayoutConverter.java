package dev.nommu.cli;

import dev.nommu.cli.matrix.Layout;
import java.util.List;

/** Reads the name of a layout. */
final class LayoutConverter extends Choice<Layout> {
  /** Creates it. */
  LayoutConverter() {
    super(List.of(Layout.values()), Layout::toString);
  }
}
