package dev.nommu.kernel.mm;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.VmOperations;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.Answering;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The calls of a file's driver about a mapping. Each result is recorded in the trail. */
final class DriverQuestions {
  private DriverQuestions() {}

  /**
   * Asks where a mapping in place would be (rule DIR-01).
   *
   * @param request the request
   * @throws ErrnoException any error of the driver
   */
  static Placement placement(MapCall call, MapRequest request) throws ErrnoException {
    if (!(call.file().operations() instanceof DirectlyMappableFile driver)) {
      return Placement.DECLINED;
    }
    return asked(
        call,
        Rule.DIR_01,
        "getUnmappedArea",
        Placement.DECLINED,
        () -> driver.getUnmappedArea(request));
  }

  /**
   * Asks whether a mapping in place is permitted (rules DIR-05, DIR-06).
   *
   * @param request the request
   * @param address the address it would have
   * @throws ErrnoException any error of the driver
   */
  static Consent consent(MapCall call, MapRequest request, long address) throws ErrnoException {
    if (!(call.file().operations() instanceof DirectlyMappableFile driver)) {
      return Consent.DECLINED;
    }
    Consent consent =
        asked(
            call,
            ruleOfConsent(call),
            "mmap",
            Consent.DECLINED,
            () -> driver.mmap(request, address));
    if (consent instanceof Consent.Accepted(VmOperations told) && told == null) {
      throw answering(call, "mmap")
          .wrong(call.file().path(), "expected operations of the mapping, found null");
    }
    return consent;
  }

  /** Returns the rule by which a driver is asked for its consent. */
  static Rule ruleOfConsent(MapCall call) {
    return call.request().shared() ? Rule.DIR_05 : Rule.DIR_06;
  }

  /**
   * Reads the file through its driver (rule COPY-03).
   *
   * @return the number of bytes read
   * @throws ErrnoException any error of the driver
   */
  static long read(MapCall call, MemorySegment into, long position) throws ErrnoException {
    if (!(call.file().operations() instanceof ReadableFile readable)) {
      throw new AssertionError("MAP_COPY without a read method");
    }
    Object driver = answering(call, "read").plugin();
    try {
      long count =
          PluginCall.count(
              readable, "read", 0, into.byteSize(), () -> readable.read(into, position));
      call.trail().answered(Rule.COPY_03, driver, count);
      return count;
    } catch (ErrnoException failure) {
      call.trail().answered(Rule.COPY_03, driver, failure);
      throw failure;
    }
  }

  /** Returns the plugin that serves a file, and is named in errors. */
  static Answering answering(MapCall call, String operation) {
    return Answering.of(call.file().operations(), operation);
  }

  /**
   * Requires that the driver owns the memory of a mapping. A tail shorter than a page may extend
   * past it (rule DIR-10), but not into addresses claimed by another driver.
   *
   * @param operation the driver's operation that returned last
   * @throws ErrnoException EINVAL (rule DIR-12); EIO (rule PLUGIN-01)
   */
  static void requireOwned(MapCall call, String operation, long address, PhysicalMemory memory)
      throws ErrnoException {
    Territory territory = call.file().territory();
    long length = call.request().alignedLength();
    requireBelowTop(call);
    if (territory.owns(address, length)) {
      return;
    }
    if (!territory.owns(address, length - Page.SIZE + 1)) {
      throw misplaced(
          call,
          operation,
          "expected an address at which %d bytes belong to the plugin, found 0x%x"
              .formatted(length, address));
    }
    AddressRange placement = new AddressRange(address, length);
    Optional<Bank> other =
        memory.banksIn(placement).stream()
            .filter(bank -> !memory.ram().overlaps(bank.range()))
            .filter(bank -> !owns(territory, bank, placement))
            .findFirst();
    if (other.isPresent()) {
      throw misplaced(
          call,
          operation,
          "expected %d bytes outside other drivers' addresses, found 0x%x, which overlaps %s"
              .formatted(length, address, other.get()));
    }
  }

  private static void requireBelowTop(MapCall call) throws ErrnoException {
    long length = call.request().alignedLength();
    long offset = call.request().byteOffset();
    if (length < 0 || offset < 0 || offset + length < 0) {
      call.trail().refused(Rule.DIR_12, Errno.EINVAL);
      throw Rule.DIR_12.refusal(
          Errno.EINVAL,
          "mmap of %s: 0x%x bytes at offset 0x%x: %s"
              .formatted(call.file().path(), length, offset, Rule.DIR_12.sentence()));
    }
  }

  /** Returns whether the part of a bank covered by a placement belongs to a territory. */
  private static boolean owns(Territory territory, Bank bank, AddressRange placement) {
    long start = Math.max(bank.range().start(), placement.start());
    long end = Math.min(bank.range().end(), placement.end());
    return territory.owns(start, end - start);
  }

  private static ErrnoException misplaced(MapCall call, String operation, String expectedAndFound) {
    call.trail().refused(Rule.PLUGIN_01, Errno.EIO);
    return answering(call, operation).wrong(call.file().path(), expectedAndFound);
  }

  /** Calls the driver; a thrown ENOSYS is equivalent to returning it. */
  private static <T> T asked(
      MapCall call, Rule rule, String operation, T declined, PluginCall.Asking<T> asking)
      throws ErrnoException {
    Object driver = answering(call, operation).plugin();
    try {
      T answer = PluginCall.ask(call.file().operations(), operation, asking);
      call.trail().answered(rule, driver, answer);
      return answer;
    } catch (ErrnoException failure) {
      boolean declines = failure.errno() == Errno.ENOSYS;
      call.trail().answered(rule, driver, declines ? declined : failure);
      if (declines) {
        return declined;
      }
      throw failure;
    }
  }
}
