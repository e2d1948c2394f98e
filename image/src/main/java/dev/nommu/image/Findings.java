package dev.nommu.image;

import java.util.ArrayList;
import java.util.List;

/** The findings of a check so far, limited in number. Not thread-safe. */
public final class Findings {
  /** The maximum number of findings. */
  public static final int LIMIT = 1000;

  private final List<Finding> findings = new ArrayList<>();

  /** Creates an empty list. */
  public Findings() {}

  /** Adds a finding, unless the list is full. */
  public void add(long offset, String subject, String expected, String found) {
    if (!full()) {
      findings.add(new Finding(offset, subject, expected, found));
    }
  }

  /** Adds a finding if the found value is not the expected one. */
  public void require(boolean right, long offset, String subject, String expected, String found) {
    if (!right) {
      add(offset, subject, expected, found);
    }
  }

  /** Returns whether the list is full. */
  public boolean full() {
    return findings.size() >= LIMIT;
  }

  /** Returns the findings, in the order in which they were added. */
  public List<Finding> list() {
    return List.copyOf(findings);
  }
}
