package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;

import java.util.List;

/** The calls that move data between an open file and several pieces of memory. */
final class VectorAnswers {
  private static final String PIECES = " pieces of memory that a vector of struct iovec names.";

  static final List<Call> CALLS =
      List.of(
          new Call(
              "readv",
              "Reads at the position of a file into the" + PIECES,
              Signature.of(number("fd"), number("vector"), number("count")),
              (caller, of) ->
                  returned(
                      caller.task().vectors().readv(of.integer(0), of.number(1), of.integer(2)))),
          new Call(
              "writev",
              "Writes at the position of a file the" + PIECES,
              Signature.of(number("fd"), number("vector"), number("count")),
              (caller, of) ->
                  returned(
                      caller.task().vectors().writev(of.integer(0), of.number(1), of.integer(2)))),
          new Call(
              "preadv",
              "Reads elsewhere in a file into the" + PIECES,
              Signature.of(number("fd"), number("vector"), number("count"), number("offset")),
              (caller, of) ->
                  returned(
                      caller
                          .task()
                          .vectors()
                          .preadv(of.integer(0), of.number(1), of.integer(2), of.number(3)))),
          new Call(
              "pwritev",
              "Writes elsewhere in a file the" + PIECES,
              Signature.of(number("fd"), number("vector"), number("count"), number("offset")),
              (caller, of) ->
                  returned(
                      caller
                          .task()
                          .vectors()
                          .pwritev(of.integer(0), of.number(1), of.integer(2), of.number(3)))));

  private VectorAnswers() {}
}
