package dev.nommu.kernel.mm;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;

/**
 * What a plugin pointed so that it could be mapped. It is given back once: with the region that
 * lies there, or when there is to be none.
 *
 * @param range what was pointed
 * @param plugin who pointed it
 */
record Pin(PointedRange range, Object plugin) {
  long address() {
    return range.address();
  }

  /** Gives it back whatever the plugin does: what it throws is only logged. */
  void giveBack(KernelLog log) {
    try {
      PluginCall.tell(plugin, "unpoint", range::close);
    } catch (ErrnoException fault) {
      log.print("munmap at 0x%x: %s".formatted(address(), fault.getMessage()));
    }
  }
}
