package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.SeekableDirectory;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks plugins about their inodes; an impossible result is EIO (rule PLUGIN-01). */
final class InodeAnswers {
  private InodeAnswers() {}

  /** Returns the file type of an inode. */
  static FileKind kind(Inode inode) throws ErrnoException {
    if (inode instanceof DeviceFile node) {
      return switch (PluginCall.ask(node, "kind", node::kind)) {
        case BLOCK -> FileKind.BLOCK_DEVICE;
        case CHARACTER -> FileKind.CHARACTER_DEVICE;
      };
    }
    return PluginCall.ask(inode, "kind", () -> FileKind.of(inode));
  }

  /** Returns owner, mode, size and times of an inode; impossible values cannot be constructed. */
  static Attributes attributes(Inode inode) throws ErrnoException {
    return PluginCall.ask(inode, "attributes", inode::attributes);
  }

  /** Returns the target of a symbolic link. */
  static String target(SymbolicLink link) throws ErrnoException {
    String answer = PluginCall.ask(link, "target", link::target);
    Optional<String> wrong = FileName.wrongWithTarget(answer);
    if (wrong.isPresent()) {
      throw PluginCall.wrong(
          link, "target", "expected a path of 1 to 4095 bytes, found one that " + wrong.get());
    }
    return answer;
  }

  /** Returns the entries of a directory in its own order; immutable. */
  static List<DirectoryEntry> entries(Directory directory) throws ErrnoException {
    List<DirectoryEntry> plugins = PluginCall.ask(directory, "entries", directory::entries);
    List<DirectoryEntry> answer =
        PluginCall.ask(directory, "entries", () -> new ArrayList<>(plugins));
    for (DirectoryEntry entry : answer) {
      requirePossible(directory, entry);
    }
    return List.copyOf(answer);
  }

  /**
   * Returns entries of a directory from a position; immutable. May include "." and "..".
   *
   * @param limit the most entries of use
   */
  static List<DirectoryEntry> entries(SeekableDirectory directory, long position, int limit)
      throws ErrnoException {
    List<DirectoryEntry> plugins =
        PluginCall.ask(directory, "entries", () -> directory.entries(position, limit));
    List<DirectoryEntry> answer =
        PluginCall.ask(directory, "entries", () -> new ArrayList<>(plugins));
    for (DirectoryEntry entry : answer) {
      if (entry == null || !isDotOrDotDot(entry.name())) {
        requirePossible(directory, entry);
      }
      if (entry.next() <= 0) {
        throw PluginCall.wrong(
            directory, "entries", "expected where to go on behind each entry, found " + entry);
      }
    }
    return List.copyOf(answer);
  }

  private static boolean isDotOrDotDot(String name) {
    return ".".equals(name) || "..".equals(name);
  }

  private static void requirePossible(Directory directory, DirectoryEntry entry)
      throws ErrnoException {
    if (entry == null || entry.name() == null || entry.kind() == null) {
      throw PluginCall.wrong(
          directory, "entries", "expected entries with a name and a kind, found " + entry);
    }
    Optional<String> wrong = FileName.wrongWith(entry.name());
    if (wrong.isPresent()) {
      throw PluginCall.wrong(
          directory,
          "entries",
          "expected names that can be, found \"%s\", which %s"
              .formatted(FileName.shown(entry.name()), wrong.get()));
    }
  }
}
