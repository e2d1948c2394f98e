package dev.nommu.conformance;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a device was asked and told, one line each in {@code /proc/calls}.
 *
 * @param calls the operations, {@code close} with what was mapped
 */
record CallLog(List<String> calls) {
  /** The name of the file. */
  static final String PATH = "/proc/calls";

  /** Makes the file. */
  static CallLog in(DeviceContext context) throws ErrnoException {
    CallLog log = new CallLog(new CopyOnWriteArrayList<>());
    context.registerProcFile("calls", () -> String.join("\n", log.calls));
    return log;
  }

  void add(String call) {
    calls.add(call);
  }

  /** Notes a consent, and later the end of what was consented to. */
  Consent consent() {
    add("mmap");
    return Consent.accepted(this::closed);
  }

  private void closed(AddressRange mapping) {
    add("close 0x%x+0x%x".formatted(mapping.start(), mapping.length()));
  }
}
