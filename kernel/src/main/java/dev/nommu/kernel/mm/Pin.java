package dev.nommu.kernel.mm;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.sanitizer.Sanitizer;
import org.jspecify.annotations.Nullable;

/**
 * Where a plugin put a mapping, and what it pointed for it. That is given back once: with the
 * region that lies there, or when there is to be none.
 *
 * @param address the physical address of the first byte
 * @param range what was pointed; null for memory that never moves
 * @param plugin who answered
 */
record Pin(long address, @Nullable PointedRange range, Object plugin) {
  /** Gives it back whatever the plugin does: what it throws is only logged. */
  void giveBack(KernelLog log, Sanitizer sanitizer) {
    PointedRange pointed = range;
    if (pointed == null) {
      return;
    }
    sanitizer.unpinning(pointed);
    try {
      PluginCall.tell(plugin, "unpoint", pointed::close);
    } catch (ErrnoException fault) {
      PluginCall.print(log, "munmap at 0x%x".formatted(address), fault);
    }
  }
}
