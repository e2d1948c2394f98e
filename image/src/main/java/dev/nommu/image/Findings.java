package dev.nommu.image;

import java.util.ArrayList;
import java.util.List;

/** What a check has found so far, and no more than anybody reads. Not for concurrent use. */
public final class Findings {
  /** How many findings are kept. */
  public static final int LIMIT = 1000;

  private final List<Finding> findings = new ArrayList<>();

  /** Creates a list without findings. */
  public Findings() {}

  /** Adds a finding, unless there are enough already. */
  public void add(long offset, String subject, String expected, String found) {
    if (!full()) {
      findings.add(new Finding(offset, subject, expected, found));
    }
  }

  /** Adds a finding if something is not as it should be. */
  public void require(boolean right, long offset, String subject, String expected, String found) {
    if (!right) {
      add(offset, subject, expected, found);
    }
  }

  /** Returns whether it is no use to look further. */
  public boolean full() {
    return findings.size() >= LIMIT;
  }

  /** Returns the findings, in the order in which they were made. */
  public List<Finding> list() {
    return List.copyOf(findings);
  }
}
