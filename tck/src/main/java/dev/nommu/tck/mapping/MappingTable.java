package dev.nommu.tck.mapping;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.trail.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of every way to map the first page of a file: a row for each protection, shared and
 * private. Equal if all rows are.
 *
 * @param rows in the order of the text
 */
public record MappingTable(List<Row> rows) {
  private static final List<String> PROTECTIONS =
      List.of("---", "r--", "-w-", "rw-", "--x", "r-x", "-wx", "rwx");

  /** Takes an immutable copy. */
  public MappingTable {
    rows = List.copyOf(rows);
  }

  /**
   * One way to map.
   *
   * @param sharing shared or private
   * @param protection as maps show it
   * @param outcome {@code direct}, {@code copied}, or the name of an error
   * @param rule the deciding rule
   */
  public record Row(Sharing sharing, String protection, String outcome, String rule) {
    /** Returns the row as {@code SHARED rw- direct DIR-05}. */
    @Override
    public String toString() {
      return "%-7s  %s  %-7s  %s".formatted(sharing, protection, outcome, rule);
    }
  }

  /**
   * Maps a file in every way, each in a new process, with the file open for as much access as
   * possible. No mapping remains.
   *
   * @param parent creates the processes
   * @throws ErrnoException if the file cannot be opened
   */
  public static MappingTable of(Task parent, String path) throws ErrnoException {
    List<Row> rows = new ArrayList<>();
    for (Sharing sharing : Sharing.values()) {
      for (int bits = 0; bits < PROTECTIONS.size(); bits++) {
        rows.add(row(parent, path, sharing, bits));
      }
    }
    return new MappingTable(rows);
  }

  private static Row row(Task parent, String path, Sharing sharing, int bits)
      throws ErrnoException {
    try (Task task = parent.spawn("table")) {
      Request request = new Request(bits, sharing, 0, Page.SIZE);
      return row(sharing, PROTECTIONS.get(bits), request.make(task, path, open(task, path)));
    }
  }

  private static int open(Task task, String path) throws ErrnoException {
    try {
      return task.open(path, OpenFlags.O_RDWR);
    } catch (ErrnoException notForWriting) {
      return task.open(path, OpenFlags.O_RDONLY);
    }
  }

  /** A plugin whose capabilities fail leaves no trail. */
  private static Row row(Sharing sharing, String protection, Attempt attempt) {
    Optional<Decision> decision = attempt.decision();
    return switch (attempt) {
      case Attempt.Refused refused when decision.isEmpty() ->
          new Row(
              sharing,
              protection,
              refused.failure().errno().toString(),
              refused.failure().rule().orElse(""));
      default ->
          new Row(
              sharing,
              protection,
              decision.orElseThrow().outcome().toString(),
              decision.orElseThrow().rule().id());
    };
  }

  /** Returns the rows, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row).append('\n'));
    return text.toString();
  }
}
