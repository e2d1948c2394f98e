package dev.nommu.tck;

import dev.nommu.api.Profile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Under what a rule is tested.
 *
 * @param profile which of two disagreeing rules holds
 * @param reach how the kernel reaches the plugin
 * @param memory how much RAM there is, and in what pieces
 */
public record Setting(Profile profile, Reach reach, Memory memory) {
  /** How the kernel reaches the plugin. */
  public enum Reach {
    /** Behind proxies that forward each call: no type and no identity of its own is known. */
    FORWARDED,
    /** As it is. */
    PLAIN
  }

  /** How much RAM there is, and in what pieces. */
  public enum Memory {
    /** As the board has it. */
    AS_GIVEN(Long.MAX_VALUE, Integer.MAX_VALUE),
    /** One mebibyte. */
    SMALL(1 << 20, Integer.MAX_VALUE),
    /** One mebibyte in which no two free pages follow each other. */
    FRAGMENTED(1 << 20, 1),
    /** Four mebibytes. */
    MEDIUM(4 << 20, Integer.MAX_VALUE),
    /** Four mebibytes in which at most three free pages follow each other. */
    IN_THREES(4 << 20, 3);

    private final long most;
    private final int longestRun;

    Memory(long most, int longestRun) {
      this.most = most;
      this.longestRun = longestRun;
    }

    /** Returns how many bytes there are at most. */
    long most() {
      return most;
    }

    /** Returns how many free pages can follow each other. */
    int longestRun() {
      return longestRun;
    }
  }

  /** Not combined with a plugin that is reached directly. */
  private static final Set<Memory> FORWARDED_ALONE = EnumSet.of(Memory.MEDIUM, Memory.IN_THREES);

  /** Returns all settings of a profile. */
  public static List<Setting> of(Profile profile) {
    List<Setting> settings = new ArrayList<>();
    for (Memory memory : Memory.values()) {
      for (Reach reach : Reach.values()) {
        if (reach == Reach.FORWARDED || !FORWARDED_ALONE.contains(memory)) {
          settings.add(new Setting(profile, reach, memory));
        }
      }
    }
    return List.copyOf(settings);
  }

  /** Returns whether a request may fail for want of memory. */
  public boolean isShortOfMemory() {
    return memory != Memory.AS_GIVEN;
  }

  /** Returns it as {@code document, forwarded, memory fragmented}. */
  @Override
  public String toString() {
    return "%s, %s, memory %s".formatted(profile.id(), lower(reach.name()), lower(memory.name()));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
