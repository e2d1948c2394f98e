package dev.nommu.cli.plugin;

import dev.nommu.kernel.path.FoundPlugin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plugin in the list.
 *
 * @param kind its kind, in words
 * @param plugin its class and where it was found
 * @param name its own name; empty if unknown
 * @param about what it drives, or what it is mounted from
 * @param failure why it cannot be used, a sentence without a full stop; empty if it can
 */
record PluginEntry(
    String kind, FoundPlugin<?> plugin, String name, String about, Optional<String> failure) {
  /** Kinds whose names must be unique on a machine. */
  private static final Set<String> DISTINCT = Set.of("driver", "file system", "binary format");

  /** Kinds where a machine uses the first plugin of each name. */
  private static final Set<String> FIRST = Set.of("frame buffer driver", "machine code");

  /** Returns this, or marked as unusable because of one found earlier. */
  PluginEntry behind(List<PluginEntry> earlier) {
    return earlier.stream()
        .filter(other -> FIRST.contains(kind) && failure.isEmpty() && name.equals(other.name))
        .filter(other -> !isCopyOf(other))
        .findFirst()
        .map(other ->
            unusable("the name \"%s\" is already used by %s".formatted(name, other.plugin)))
        .orElse(this);
  }

  /** A jar of nommu itself was added. */
  private boolean isCopyOf(PluginEntry other) {
    return other.plugin.from().isEmpty() && plugin.type().equals(other.plugin.type());
  }

  private PluginEntry unusable(String why) {
    String failed = "plugin %s cannot be used: %s".formatted(plugin, why);
    return new PluginEntry(kind, plugin, "", "", Optional.of(failed));
  }

  /** Returns whether no machine boots with both. */
  boolean clashesWith(PluginEntry other) {
    boolean isAnother = !plugin.equals(other.plugin);
    return isAnother
        && DISTINCT.contains(kind)
        && kind.equals(other.kind)
        && failure.isEmpty()
        && other.failure.isEmpty()
        && name.equals(other.name);
  }
}
