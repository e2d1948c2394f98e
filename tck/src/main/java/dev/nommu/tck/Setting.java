package dev.nommu.tck;

import dev.nommu.api.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    AS_GIVEN,
    /** One mebibyte. */
    SMALL,
    /** One mebibyte, of which no two free pages follow each other. */
    FRAGMENTED
  }

  /** Returns all settings of a profile. */
  public static List<Setting> of(Profile profile) {
    List<Setting> settings = new ArrayList<>();
    for (Memory memory : Memory.values()) {
      for (Reach reach : Reach.values()) {
        settings.add(new Setting(profile, reach, memory));
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
