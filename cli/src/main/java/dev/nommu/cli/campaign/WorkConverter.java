package dev.nommu.cli.campaign;

import dev.nommu.campaign.Work;
import dev.nommu.cli.option.Choice;
import java.util.List;

/** Reads the work for each seed. */
final class WorkConverter extends Choice<Work> {
  /** Creates it. */
  WorkConverter() {
    super(List.of(Work.values()), Work::id);
  }
}
