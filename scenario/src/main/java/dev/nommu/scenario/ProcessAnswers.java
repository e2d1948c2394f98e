package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.done;
import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import java.util.List;
import java.util.stream.IntStream;

/** The calls that create, trace and end processes, and those that create unnamed files. */
final class ProcessAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
                  "execve",
                  "Executes a file, with up to four arguments; its calls remain those of the"
                      + " scenario.",
                  Signature.of(
                      text("path"),
                      text("argument 0").optional(),
                      text("argument 1").optional(),
                      text("argument 2").optional(),
                      text("argument 3").optional()),
                  (caller, of) -> done(() -> execute(caller.task(), of)))
              .unmapping(),
          new Call(
              "fork",
              "Fails with EINVAL: it needs an MMU.",
              Signature.of(),
              (caller, of) -> childRan(caller.task().processes().fork())),
          new Call(
              "clone",
              "Creates a child process, with CLONE_VM, that ends at once.",
              Signature.of(number("flags")),
              (caller, of) -> childRan(caller.task().processes().clone(of.number(0)))),
          new Call(
              "getpid",
              "Returns the PID of the process.",
              Signature.of(),
              (caller, of) -> returned(caller.task().pid())),
          new Call(
                  "kill",
                  "Sends a signal to a process; a fatal one removes its mappings and closes its"
                      + " files.",
                  Signature.of(number("pid"), number("signal")),
                  (caller, of) ->
                      done(() -> caller.task().processes().kill(of.integer(0), of.integer(1))))
              .unmapping(),
          new Call(
              "waitpid",
              "Waits for a child; the result is its PID, or 0 with WNOHANG if it has not"
                  + " ended.",
              Signature.of(number("pid"), number("options").optional()),
              (caller, of) ->
                  returned(
                      caller
                          .task()
                          .processes()
                          .waitpid(of.integer(0), of.integer(1, 0))
                          .map(WaitResult::pid)
                          .orElse(0))),
          new Call(
              "personality",
              "Sets the personality; the result is the previous one.",
              Signature.of(number("persona")),
              (caller, of) -> returned(caller.task().processes().personality(of.number(0)))),
          new Call(
              "ptrace",
              "Traces a process.",
              Signature.of(
                  number("request"),
                  number("pid").optional(),
                  number("address").optional(),
                  number("data").optional()),
              ProcessAnswers::ptrace),
          new Call(
              "memfd_create",
              "Creates an unnamed file in memory; the result is its descriptor.",
              Signature.of(text("name"), number("flags")),
              (caller, of) ->
                  returned(caller.task().unnamedFiles().memfdCreate(of.path(0), of.integer(1)))),
          new Call(
              "pipe",
              "Creates a pipe; the result shows both descriptors, a variable holds the one to read;"
                  + " the other is the next free one.",
              Signature.of(number("flags").optional()),
              (caller, of) -> pipe(caller.task(), of.integer(0, 0))));

  private static final int CHILD_STATUS = 7;

  private ProcessAnswers() {}

  private static void execute(Task task, Arguments of) throws ErrnoException {
    List<String> arguments = IntStream.range(1, of.size()).mapToObj(of::path).toList();
    task.processes().execve(of.path(0), arguments, List.of());
  }

  /** Ends a child at once, with status 7. */
  private static Answer childRan(Task child) {
    child.exit();
    return new Answer.ChildRan(CHILD_STATUS << Byte.SIZE);
  }

  private static Answer ptrace(Caller caller, Arguments of) throws ErrnoException {
    return returned(
        caller
            .task()
            .ptrace()
            .ptrace(of.integer(0), of.integer(1, 0), of.number(2, 0), of.number(3, 0)));
  }

  private static Answer pipe(Task task, int flags) throws ErrnoException {
    PipeDescriptors ends = task.unnamedFiles().pipe2(flags);
    return new Answer.Pipe(ends.read(), ends.write());
  }
}
