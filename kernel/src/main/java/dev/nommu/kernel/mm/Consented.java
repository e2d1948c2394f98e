package dev.nommu.kernel.mm;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.VmOperations;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that a driver consented to and whose end it must be told of.
 *
 * @param operations what to call
 * @param range the addresses it consented to, whatever becomes of the file
 */
record Consented(VmOperations operations, AddressRange range) {
  private static final Object NOTHING = ((Consent.Accepted) Consent.ACCEPTED).operations();

  /** Returns what is to be told of the end of a mapping, or null for a driver that is not told. */
  static @Nullable Consented of(Consent.Accepted consent, AddressRange range) {
    return NOTHING.equals(consent.operations()) ? null : new Consented(consent.operations(), range);
  }

  /** Tells that the mapping is gone. It is, whatever the driver does: what it throws is logged. */
  void close(KernelLog log) {
    try {
      PluginCall.tell(operations, "close", () -> operations.close(range));
    } catch (ErrnoException fault) {
      PluginCall.print(log, "munmap of " + range, fault);
    }
  }
}
