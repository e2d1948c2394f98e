package dev.nommu.cramfs;

import java.util.ArrayList;
import java.util.List;

/** What a check has found so far, and no more than anybody reads. */
final class Findings {
  private static final int LIMIT = 1000;

  private final List<CramfsFinding> findings = new ArrayList<>();

  /** Adds a finding, unless there are enough already. */
  void add(long offset, String path, String expected, String found) {
    if (!full()) {
      findings.add(new CramfsFinding(offset, path, expected, found));
    }
  }

  /** Adds a finding if something is not as it should be. */
  void require(boolean right, long offset, String path, String expected, String found) {
    if (!right) {
      add(offset, path, expected, found);
    }
  }

  /** Returns whether it is no use to look further. */
  boolean full() {
    return findings.size() >= LIMIT;
  }

  /** Returns the findings, in the order in which they were made. */
  List<CramfsFinding> list() {
    return List.copyOf(findings);
  }
}
