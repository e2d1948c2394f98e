package dev.nommu.cli.board;

import dev.nommu.api.Profile;
import dev.nommu.cli.plugin.Plugins;
import java.util.Map;

/**
 * The settings that all machines of a command share, whatever their board.
 *
 * @param plugins their plugins
 * @param profile under which they run
 * @param sysctls the settings applied to each after it has booted
 */
public record Machines(Plugins plugins, Profile profile, Map<String, String> sysctls) {
  /** Returns machines with nommu's own plugins and no settings. */
  public static Machines under(Profile profile) {
    return new Machines(Plugins.standard(), profile, Map.of());
  }
}
