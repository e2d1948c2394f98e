package dev.nommu.romfs;

import dev.nommu.romfs.RomfsFinding.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what a check finds, and no more than anybody reads. */
final class Findings {
  private static final int LIMIT = 1000;

  private final List<RomfsFinding> all = new ArrayList<>();

  /** Notes something about the volume. */
  void add(Problem problem, long offset, String expected, String found) {
    add(new RomfsFinding(problem, offset, Optional.empty(), expected, found));
  }

  /** Notes something about a node, or about a place that a directory leads to. */
  void add(Problem problem, long offset, RomfsEntry entry, String expected, String found) {
    add(new RomfsFinding(problem, offset, Optional.of(entry), expected, found));
  }

  private void add(RomfsFinding finding) {
    if (all.size() < LIMIT) {
      all.add(finding);
    }
  }

  /** Returns all that was noted, in order. */
  List<RomfsFinding> all() {
    return List.copyOf(all);
  }

  /** Returns an offset as it is shown. */
  static String hex(long offset) {
    return "0x%x".formatted(offset);
  }

  /** Returns a word as it is shown. */
  static String word(int word) {
    return "0x%08x".formatted(word);
  }
}
