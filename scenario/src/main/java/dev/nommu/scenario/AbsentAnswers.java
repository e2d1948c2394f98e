package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;

import dev.nommu.kernel.task.AbsentCall;
import java.util.List;

/** Calls that the kernel does not implement: ENOSYS. */
final class AbsentAnswers {
  static final List<Call> CALLS =
      List.of(
          absent(
              "splice",
              "Moves data between a pipe and a file.",
              AbsentCall.SPLICE,
              number("in fd"),
              number("in offset"),
              number("out fd"),
              number("out offset"),
              number("count"),
              number("flags")),
          absent(
              "copy_file_range",
              "Copies a range of one file to another.",
              AbsentCall.COPY_FILE_RANGE,
              number("in fd"),
              number("in offset"),
              number("out fd"),
              number("out offset"),
              number("count"),
              number("flags")),
          absent(
              "mprotect",
              "Changes the protection of memory.",
              AbsentCall.MPROTECT,
              number("address"),
              number("length"),
              number("protection")),
          absent(
              "msync",
              "Writes back a mapping.",
              AbsentCall.MSYNC,
              number("address"),
              number("length"),
              number("flags")),
          absent(
              "madvise",
              "Gives advice about the use of memory.",
              AbsentCall.MADVISE,
              number("address"),
              number("length"),
              number("advice")),
          absent(
              "mincore",
              "Reports which pages are in memory.",
              AbsentCall.MINCORE,
              number("address"),
              number("length"),
              number("vector")),
          absent("mlock", "Locks memory.", AbsentCall.MLOCK, number("address"), number("length")),
          absent(
              "munlock",
              "Unlocks memory.",
              AbsentCall.MUNLOCK,
              number("address"),
              number("length")),
          absent(
              "mlockall", "Locks all memory of the process.", AbsentCall.MLOCKALL, number("flags")),
          absent(
              "remap_file_pages",
              "Moves pages of a mapping.",
              AbsentCall.REMAP_FILE_PAGES,
              number("address"),
              number("length"),
              number("protection"),
              number("page offset"),
              number("flags")));

  private AbsentAnswers() {}

  private static Call absent(
      String name, String summary, AbsentCall call, Parameter... parameters) {
    return new Call(
        name,
        summary,
        Signature.of(parameters),
        (caller, of) -> returned(caller.task().call(call)));
  }
}
