package dev.nommu.kernel.sanitizer;

/**
 * A resource that must be released: a pointed range of a store, a segment of shared memory.
 * Compared by identity.
 */
public interface Loan {
  /** Returns its description as part of a sentence: "segment 3 of 4096 bytes". */
  String what();

  /** Returns its owner: "process 12", or "plugin" and a class. */
  String holder();
}
