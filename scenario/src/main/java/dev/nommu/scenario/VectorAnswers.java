package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;

import java.util.List;

/** The calls that transfer data between an open file and several buffers. */
final class VectorAnswers {
  private static final String PIECES = " buffers of a vector of struct iovec.";

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
              "Writes at the position of a file from the" + PIECES,
              Signature.of(number("fd"), number("vector"), number("count")),
              (caller, of) ->
                  returned(
                      caller.task().vectors().writev(of.integer(0), of.number(1), of.integer(2)))),
          new Call(
              "preadv",
              "Reads at an offset of a file into the" + PIECES,
              Signature.of(number("fd"), number("vector"), number("count"), number("offset")),
              (caller, of) ->
                  returned(
                      caller
                          .task()
                          .vectors()
                          .preadv(of.integer(0), of.number(1), of.integer(2), of.number(3)))),
          new Call(
              "pwritev",
              "Writes at an offset of a file from the" + PIECES,
              Signature.of(number("fd"), number("vector"), number("count"), number("offset")),
              (caller, of) ->
                  returned(
                      caller
                          .task()
                          .vectors()
                          .pwritev(of.integer(0), of.number(1), of.integer(2), of.number(3)))));

  private VectorAnswers() {}
}
