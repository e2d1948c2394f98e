package dev.nommu.tck;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule of {@code docs/RULES.md}.
 *
 * @param number such as {@code "MMAP-17"}
 * @param sentence the rule
 * @param document the passage of {@code nommu-mmap.txt}, if any, with its words
 * @param errno the names of its errors
 * @param profiles the variant of each profile, by the profile's id, if they differ; remarks under
 *     {@code text}
 * @param declined why the kernel does not implement it, if so
 * @param tests the number of kernel tests that cite it
 */
public record RuleText(
    String number,
    String sentence,
    Optional<String> document,
    List<String> errno,
    Map<String, String> profiles,
    Optional<String> declined,
    int tests) {
  /** Takes immutable copies. */
  public RuleText {
    errno = List.copyOf(errno);
    profiles = Map.copyOf(profiles);
  }

  /** Returns number and sentence, as the name of a test. */
  @Override
  public String toString() {
    return number + " " + sentence;
  }
}
