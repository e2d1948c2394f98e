package dev.nommu.cli.fit;

import dev.nommu.cli.console.CommandException;
import dev.nommu.kernel.board.BoardException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes that might make a workload fit: each is tried on separate machines. */
final class Remedies {
  private static final String IN_PLACE = "executed in place";
  private static final String TRIM = "vm.nr_trim_pages";

  private final Setting setting;
  private final Workload work;
  private final Outcome asItIs;

  Remedies(Setting setting, Workload work, Outcome asItIs) {
    this.setting = setting;
    this.work = work;
    this.asItIs = asItIs;
  }

  /** Returns all remedies, with the outcome of each. */
  List<Remedy> all() throws CommandException, IOException, InterruptedException {
    List<Remedy> all = new ArrayList<>();
    if (!work.programs().isEmpty()) {
      all.add(inPlace());
    }
    all.add(trimming());
    order().ifPresent(all::add);
    return all;
  }

  private Remedy inPlace() throws CommandException, IOException, InterruptedException {
    try (ProgramRom rom = ProgramRom.of(setting, work.programs())) {
      Outcome outcome = Trial.of(rom.on(setting).open(), work.with(rom.programs()));
      return Remedy.of(IN_PLACE, rom.named(outcome), asItIs);
    } catch (BoardException noPlaceForIt) {
      return new Remedy(IN_PLACE, "cannot be tried: " + noPlaceForIt.getMessage());
    }
  }

  /** The other of the useful values: trim everything, or nothing. */
  private Remedy trimming() throws CommandException, IOException, InterruptedException {
    List<Long> now = new ArrayList<>();
    setting.open().work(machine -> now.add(machine.sysctl(TRIM).value()));
    String other = now.getFirst() == 0 ? "1" : "0";
    Outcome outcome = Trial.of(setting.with(TRIM, other).open(), work);
    return Remedy.of(TRIM + "=" + other, outcome, asItIs);
  }

  private Optional<Remedy> order() throws CommandException, IOException, InterruptedException {
    return asItIs.fits() || work.programs().size() < 2
        ? Optional.empty()
        : new Orders(setting.open(), work, asItIs).best();
  }
}
