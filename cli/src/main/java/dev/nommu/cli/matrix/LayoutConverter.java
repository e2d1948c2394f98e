package dev.nommu.cli.matrix;

import dev.nommu.cli.option.Choice;
import java.util.List;

/** Reads the name of a layout. */
final class LayoutConverter extends Choice<Layout> {
  /** Creates it. */
  LayoutConverter() {
    super(List.of(Layout.values()), Layout::toString);
  }
}
