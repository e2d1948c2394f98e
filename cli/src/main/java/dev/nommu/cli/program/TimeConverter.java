package dev.nommu.cli.program;

import dev.nommu.cli.option.Choice;
import java.util.List;

/** Reads the name of a clock. */
final class TimeConverter extends Choice<Time> {
  /** Creates it. */
  TimeConverter() {
    super(List.of(Time.values()), Time::toString);
  }
}
