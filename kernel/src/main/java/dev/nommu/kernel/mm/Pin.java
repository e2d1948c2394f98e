package dev.nommu.kernel.mm;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.sanitizer.Sanitizer;
import org.jspecify.annotations.Nullable;

/**
 * The address of a mapping chosen by a plugin, and the range pointed for it. The range is released
 * once: with the region mapped there, or when no region is made.
 *
 * @param address the physical address of the first byte
 * @param range the pointed range; null for memory that never moves
 * @param plugin the plugin that returned it
 */
record Pin(long address, @Nullable PointedRange range, Object plugin) {
  /** Releases the range; exceptions that the plugin throws are only logged. */
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
