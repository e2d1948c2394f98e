package dev.nommu.kernel.mm;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.VmOperations;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that a driver consented to and whose end must be reported to it.
 *
 * @param operations the operations to call
 * @param range the addresses it consented to, even if the file changes
 */
record Consented(VmOperations operations, AddressRange range) {
  private static final Object NOTHING = ((Consent.Accepted) Consent.ACCEPTED).operations();

  /** Returns the operations to notify at the end of a mapping, or null if the driver has none. */
  static @Nullable Consented of(Consent.Accepted consent, AddressRange range) {
    return NOTHING.equals(consent.operations()) ? null : new Consented(consent.operations(), range);
  }

  /** Notifies the driver that the mapping is gone, and logs its exceptions. */
  void close(KernelLog log) {
    try {
      PluginCall.tell(operations, "close", () -> operations.close(range));
    } catch (ErrnoException fault) {
      PluginCall.print(log, "munmap of " + range, fault);
    }
  }
}
