package dev.nommu.image;

import java.util.ArrayList;
import java.util.List;

/** The findings of a check so far, limited to as many as anybody reads. Not for concurrent use. */
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

  /** Returns whether there is no use in looking further. */
  public boolean full() {
    return findings.size() >= LIMIT;
  }

  /** Returns the findings, in the order in which they were made. */
  public List<Finding> list() {
    return List.copyOf(findings);
  }
}
