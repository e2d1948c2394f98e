package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.InodeFlag;
import dev.nommu.api.OpenFile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.FileFacts.Trait;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The facts about an open file that the planner of mappings needs. */
final class OpenFacts {
  private OpenFacts() {}

  /**
   * Returns the facts.
   *
   * @param trail receives a failure of the plugin to report them
   * @throws ErrnoException EIO if the plugin fails to report them (rule PLUGIN-01)
   */
  static FileFacts of(VfsPath path, OpenFile file, AccessMode mode, Trail trail)
      throws ErrnoException {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (path.forbidsExecution()) {
      traits.add(Trait.NOEXEC);
    }
    if (path.inode().has(InodeFlag.APPEND_ONLY)) {
      traits.add(Trait.APPEND_ONLY);
    }
    Optional<BackingDeviceInfo> backing =
        asked(trail, Rule.BDI_02, file, "backingDeviceInfo", file::backingDeviceInfo);
    return new FileFacts(path.inode().kind(), Slot.of(file), mode, backing, traits);
  }

  private static <T> T asked(
      Trail trail, Rule rule, Object plugin, String operation, PluginCall.Asking<T> asking)
      throws ErrnoException {
    try {
      return PluginCall.ask(plugin, operation, asking);
    } catch (ErrnoException failure) {
      trail.answered(rule, plugin, failure);
      throw failure;
    }
  }
}
