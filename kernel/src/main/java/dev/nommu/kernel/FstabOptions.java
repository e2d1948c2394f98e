package dev.nommu.kernel;

import dev.nommu.kernel.fs.MountFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The options of a line of fstab.
 *
 * @param flags those common to all file systems
 * @param ofType the others, comma-separated, which the type must know
 * @param isAuto whether it is mounted at boot
 */
record FstabOptions(Set<MountFlag> flags, String ofType, boolean isAuto) {
  private static final String NOT_AT_BOOT = "noauto";
  private static final List<String> USUAL =
      List.of("defaults", "rw", "auto", "suid", "dev", "exec", "nouser", "async", "nofail");

  static FstabOptions parse(String text) {
    List<String> options = new ArrayList<>(Arrays.asList(text.split(",")));
    Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
    for (MountFlag flag : MountFlag.values()) {
      if (options.remove(flag.option())) {
        flags.add(flag);
      }
    }
    boolean isAuto = !options.remove(NOT_AT_BOOT);
    options.removeAll(USUAL);
    return new FstabOptions(flags, String.join(",", options), isAuto);
  }
}
