package dev.nommu.cli.board;

import dev.nommu.api.Profile;
import dev.nommu.cli.plugin.Plugins;
import java.util.Map;

/**
 * The settings that all machines of a command share, whatever their board.
 *
 * @param plugins their plugins
 * @param profile under which they run
 * @param sysctls what is set on each after it has booted
 */
public record Machines(Plugins plugins, Profile profile, Map<String, String> sysctls) {
  /** Returns machines with the plugins of nommu itself, on which nothing is set. */
  public static Machines under(Profile profile) {
    return new Machines(Plugins.standard(), profile, Map.of());
  }
}
