package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The flags and options of a mount: those of every file system, and those of its type,
 * distinguished as {@code vfs_parse_fs_param} does (rule OPT-01).
 *
 * @param flags the flags, including those from the options of every file system
 * @param ofType the options of the type, in order
 */
record MountOptions(Set<MountFlag> flags, List<String> ofType) {
  private static final Map<String, MountFlag> SET =
      Map.of(
          "ro", MountFlag.READ_ONLY,
          "sync", MountFlag.SYNCHRONOUS,
          "dirsync", MountFlag.DIRSYNC,
          "mand", MountFlag.MANDLOCK,
          "lazytime", MountFlag.LAZYTIME);
  private static final Map<String, MountFlag> CLEARED =
      Map.of(
          "rw", MountFlag.READ_ONLY,
          "async", MountFlag.SYNCHRONOUS,
          "nomand", MountFlag.MANDLOCK,
          "nolazytime", MountFlag.LAZYTIME);

  /**
   * Parses options.
   *
   * @param flags the flags of the call
   * @param options comma-separated; empty ones are ignored
   */
  static MountOptions parse(Set<MountFlag> flags, String options) {
    Set<MountFlag> all = EnumSet.noneOf(MountFlag.class);
    all.addAll(flags);
    List<String> ofType = new ArrayList<>();
    for (String option : options.split(",")) {
      String name = name(option);
      if (SET.containsKey(name)) {
        all.add(SET.get(name));
      } else if (CLEARED.containsKey(name)) {
        all.remove(CLEARED.get(name));
      } else if (!name.isEmpty()) {
        ofType.add(option);
      }
    }
    return new MountOptions(all, ofType);
  }

  private static String name(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }

  /**
   * Checks that a type knows its options.
   *
   * @throws ErrnoException EINVAL; EIO if the type fails to answer (rule PLUGIN-01)
   */
  void requireKnownTo(RegisteredType registered) throws ErrnoException {
    FileSystemType type = registered.plugin();
    for (String option : ofType) {
      if (!PluginCall.ask(type, "knowsOption", () -> type.knowsOption(name(option)))) {
        throw ErrnoException.byRule(
            "OPT-01",
            Errno.EINVAL,
            "mount: the file system type %s has no option \"%s\""
                .formatted(registered.name(), option));
      }
    }
  }

  /** Returns the access that the file system is mounted for. */
  AccessMode access() {
    return flags.contains(MountFlag.READ_ONLY) ? AccessMode.READ : AccessMode.READ_WRITE;
  }
}
