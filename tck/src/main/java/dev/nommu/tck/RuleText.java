package dev.nommu.tck;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule as {@code docs/RULES.md} has it.
 *
 * @param number such as {@code "MMAP-17"}
 * @param sentence the rule
 * @param document where {@code nommu-mmap.txt} says it, if it does, with its words
 * @param errno the errors it leads to, by name
 * @param profiles what each profile makes of it, by the profile's id, if they differ; what is said
 *     of them, by {@code text}
 * @param declined why the kernel does not have it, if it does not
 * @param tests how many tests of the kernel cite it
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

  /** Returns number and sentence, as a test is called. */
  @Override
  public String toString() {
    return number + " " + sentence;
  }
}
