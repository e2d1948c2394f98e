package dev.nommu.cli.matrix;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.trail.Decision;
import dev.nommu.tck.trail.Outcome;
import dev.nommu.tck.trail.RecordedTrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Maps the first page of something in every way. */
final class Prober {
  private static final String PROCESS = "matrix";
  private static final int NO_FILE = -1;

  private final Task files;

  /** Creates a prober that opens files in the first process of a machine. */
  Prober(Machine machine) {
    this.files = machine.init();
  }

  /**
   * Makes every trial.
   *
   * @throws ErrnoException if it cannot be opened
   */
  List<Trial> tryAll(Subject subject) throws ErrnoException {
    if (subject.kind() == Subject.Kind.ANONYMOUS) {
      return tryAll(subject, NO_FILE);
    }
    int file = open(subject.path());
    try {
      return tryAll(subject, file);
    } finally {
      files.close(file);
    }
  }

  /** Returns whether a private mapping for reading is one of the file itself. */
  boolean mapsInPlace(Subject file) {
    try {
      int descriptor = files.open(file.path(), OpenFlags.O_RDONLY);
      Request request = new Request(file.kind(), descriptor, Sharing.PRIVATE, Permission.R);
      Decision decision = trial(request).first();
      files.close(descriptor);
      return decision.outcome() == Outcome.Made.DIRECT;
    } catch (ErrnoException unreadable) {
      return false;
    }
  }

  /** Opens a file for reading and writing, or if that fails for reading. */
  private int open(String path) throws ErrnoException {
    try {
      return files.open(path, OpenFlags.O_RDWR);
    } catch (ErrnoException readOnly) {
      return files.open(path, OpenFlags.O_RDONLY);
    }
  }

  private List<Trial> tryAll(Subject subject, int file) {
    List<Trial> trials = new ArrayList<>();
    for (Sharing sharing : List.of(Sharing.PRIVATE, Sharing.SHARED)) {
      for (Permission permission : Permission.values()) {
        trials.add(trial(new Request(subject.kind(), file, sharing, permission)));
      }
    }
    return trials;
  }

  private record Request(Subject.Kind kind, int file, Sharing sharing, Permission permission) {
    int flags() {
      int type =
          switch (sharing) {
            case SHARED -> MmapArguments.MAP_SHARED;
            case PRIVATE -> MmapArguments.MAP_PRIVATE;
          };
      return file == NO_FILE ? type | MmapArguments.MAP_ANONYMOUS : type;
    }
  }

  /** The mappings end with their processes. */
  private Trial trial(Request request) {
    try (Task one = files.spawn(PROCESS);
        Task other = files.spawn(PROCESS)) {
      RecordedTrail trail = new RecordedTrail();
      Decision first = decision(one, request, trail);
      Optional<Decision> again =
          first.outcome() instanceof Outcome.Refused
              ? Optional.empty()
              : Optional.of(decision(other, request, new RecordedTrail()));
      DocumentRow row =
          DocumentRow.of(
              request.kind(), request.sharing(), request.permission(), trail.offeredDirect());
      return new Trial(row, request.sharing(), request.permission(), first, again);
    }
  }

  private static Decision decision(Task task, Request request, RecordedTrail trail) {
    try {
      task.mmap(
          0, Page.SIZE, request.permission().bits(), request.flags(), request.file(), 0, trail);
    } catch (ErrnoException refused) {
      return Decision.of(trail.steps()).orElseGet(() -> untold(refused));
    }
    return Decision.of(trail.steps())
        .orElseThrow(() -> new IllegalStateException("granted without a rule: " + request));
  }

  /** The one refusal that no trail receives: a plugin fails to report what it offers. */
  private static Decision untold(ErrnoException refused) {
    return new Decision(new Outcome.Refused(refused.errno()), Rule.PLUGIN_01, Decision.KERNEL);
  }
}
