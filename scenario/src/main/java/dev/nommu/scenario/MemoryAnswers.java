package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.done;
import static dev.nommu.scenario.Parameter.number;

import dev.nommu.api.ErrnoException;
import java.util.List;

/** The calls for mappings. */
final class MemoryAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
                  "mmap",
                  "Maps memory or a file; the result is the address.",
                  Signature.of(
                      number("address"),
                      number("length"),
                      number("protection"),
                      number("flags"),
                      number("fd"),
                      number("offset")),
                  MemoryAnswers::mmap)
              .mapping(),
          new Call(
                  "mremap",
                  "Changes the size of a mapping; the result is the address.",
                  Signature.of(
                      number("address"),
                      number("old length"),
                      number("new length"),
                      number("flags").optional(),
                      number("new address").optional()),
                  MemoryAnswers::mremap)
              .mapping()
              .unmapping(),
          new Call(
                  "munmap",
                  "Removes a mapping or a part of one.",
                  Signature.of(number("address"), number("length")),
                  (caller, of) -> done(() -> caller.task().munmap(of.number(0), of.number(1))))
              .unmapping(),
          new Call(
              "brk",
              "Moves the end of the heap; the result is its address.",
              Signature.of(number("address")),
              (caller, of) -> new Answer.Heap(caller.task().brk(of.number(0)))));

  private MemoryAnswers() {}

  private static Answer mmap(Caller caller, Arguments of) throws ErrnoException {
    return new Answer.Mapped(
        caller
            .task()
            .mmap(
                of.number(0),
                of.number(1),
                of.integer(2),
                of.integer(3),
                of.integer(4),
                of.number(5),
                caller.machine().explainer().mapping()));
  }

  private static Answer mremap(Caller caller, Arguments of) throws ErrnoException {
    return new Answer.Mapped(
        caller
            .task()
            .mremap(of.number(0), of.number(1), of.number(2), of.integer(3, 0), of.number(4, 0)));
  }
}
