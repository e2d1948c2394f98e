package dev.nommu.kernel.proc;

import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.vfs.Mount;
import dev.nommu.kernel.vfs.Namespace;
import dev.nommu.kernel.vfs.VfsPath;
import java.util.Set;
import java.util.stream.Collectors;

/** The text of {@code /proc/PID/mounts} (fstab(5), {@code show_vfsmnt} of fs/proc_namespace.c). */
final class MountTable {
  /** The characters that would be mistaken for the end of a field, and the escape character. */
  private static final String ESCAPED = " \t\n\\";

  private static final Set<MountFlag> NOT_SHOWN =
      Set.of(MountFlag.READ_ONLY, MountFlag.STRICTATIME);

  private MountTable() {}

  static String of(Namespace namespace) {
    return namespace.mounts().stream().map(MountTable::line).collect(Collectors.joining());
  }

  private static String line(Mount mount) {
    return "%s %s %s %s%s%s 0 0\n"
        .formatted(
            escaped(mount.source(), ESCAPED + "#"),
            escaped(mount.point().map(VfsPath::toString).orElse("/"), ESCAPED),
            mount.parent().isEmpty() ? "rootfs" : mount.type(),
            mount.has(MountFlag.READ_ONLY) ? "ro" : "rw",
            others(mount),
            ofType(mount));
  }

  private static String others(Mount mount) {
    String shown =
        mount.flags().stream()
            .filter(flag -> !NOT_SHOWN.contains(flag))
            .sorted()
            .map(flag -> "," + flag.option())
            .collect(Collectors.joining());
    return isRelatime(mount) ? shown + ",relatime" : shown;
  }

  /** {@code relatime} is Linux's default; the root was never mounted. */
  private static boolean isRelatime(Mount mount) {
    return mount.parent().isPresent()
        && !mount.has(MountFlag.NOATIME)
        && !mount.has(MountFlag.STRICTATIME);
  }

  private static String ofType(Mount mount) {
    return mount.superBlock().shownOptions().stream()
        .map(option -> "," + escaped(option, ESCAPED))
        .collect(Collectors.joining());
  }

  private static String escaped(String text, String escaped) {
    return text.chars()
        .mapToObj(letter ->
            escaped.indexOf(letter) < 0 ? Character.toString(letter) : "\\%03o".formatted(letter))
        .collect(Collectors.joining());
  }
}
