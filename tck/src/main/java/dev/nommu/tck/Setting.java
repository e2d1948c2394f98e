package dev.nommu.tck;

import dev.nommu.api.Profile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The conditions of a rule's test.
 *
 * @param profile the profile
 * @param reach how the kernel reaches the plugin
 * @param memory the size and the fragmentation of RAM
 */
public record Setting(Profile profile, Reach reach, Memory memory) {
  /** How the kernel reaches the plugin. */
  public enum Reach {
    /** Through proxies that forward each call and hide its type and identity. */
    FORWARDED,
    /** Directly. */
    PLAIN
  }

  /** The size and the fragmentation of RAM. */
  public enum Memory {
    /** That of the board. */
    AS_GIVEN(Long.MAX_VALUE, Integer.MAX_VALUE),
    /** One mebibyte. */
    SMALL(1 << 20, Integer.MAX_VALUE),
    /** One mebibyte without two adjacent free pages. */
    FRAGMENTED(1 << 20, 1),
    /** Four mebibytes. */
    MEDIUM(4 << 20, Integer.MAX_VALUE),
    /** Four mebibytes with at most three adjacent free pages. */
    IN_THREES(4 << 20, 3);

    private final long most;
    private final int longestRun;

    Memory(long most, int longestRun) {
      this.most = most;
      this.longestRun = longestRun;
    }

    /** Returns the maximum size in bytes. */
    long most() {
      return most;
    }

    /** Returns the maximum length of a run of free pages. */
    int longestRun() {
      return longestRun;
    }
  }

  /** Not combined with a direct plugin. */
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

  /** Returns whether a request may fail for lack of memory. */
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
