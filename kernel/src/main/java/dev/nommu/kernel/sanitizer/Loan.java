package dev.nommu.kernel.sanitizer;

/**
 * Something that somebody took and has to give back: a pointed range of a store, a segment of
 * shared memory. Two are the same if they are one object.
 */
public interface Loan {
  /** Returns what it is, as part of a sentence: "segment 3 of 4096 bytes". */
  String what();

  /** Returns who took it: "process 12", or "plugin" and a class. */
  String holder();
}
