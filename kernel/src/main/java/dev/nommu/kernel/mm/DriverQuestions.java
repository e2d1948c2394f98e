package dev.nommu.kernel.mm;

import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.foreign.MemorySegment;

/** What the driver of a file is asked about a mapping. The trail hears each answer. */
final class DriverQuestions {
  private DriverQuestions() {}

  /**
   * Asks where a mapping in place would be (rule DIR-01).
   *
   * @param request what is asked for
   * @throws ErrnoException what the driver says
   */
  static Placement placement(MapCall call, MapRequest request) throws ErrnoException {
    if (!(call.file().operations() instanceof DirectlyMappableFile driver)) {
      return Placement.DECLINED;
    }
    return asked(
        call,
        Rule.DIR_01,
        () -> PluginCall.ask(driver, "getUnmappedArea", () -> driver.getUnmappedArea(request)));
  }

  /**
   * Asks whether a mapping in place may be (rules DIR-05, DIR-06).
   *
   * @param request what is asked for
   * @param address where it would be
   * @throws ErrnoException what the driver says
   */
  static Consent consent(MapCall call, MapRequest request, long address) throws ErrnoException {
    if (!(call.file().operations() instanceof DirectlyMappableFile driver)) {
      return Consent.DECLINED;
    }
    return asked(
        call,
        ruleOfConsent(call),
        () -> PluginCall.ask(driver, "mmap", () -> driver.mmap(request, address)));
  }

  /** Returns the rule by which a driver is asked for its consent. */
  static Rule ruleOfConsent(MapCall call) {
    return call.request().shared() ? Rule.DIR_05 : Rule.DIR_06;
  }

  /**
   * Lets the driver read the file (rule COPY-03).
   *
   * @return how many bytes it read
   * @throws ErrnoException what the driver says
   */
  static long read(MapCall call, MemorySegment into, long position) throws ErrnoException {
    if (!(call.file().operations() instanceof ReadableFile readable)) {
      throw new AssertionError("MAP_COPY without a read method");
    }
    return asked(
        call,
        Rule.COPY_03,
        () ->
            PluginCall.count(
                readable, "read", into.byteSize(), () -> readable.read(into, position)));
  }

  /**
   * Requires that the driver has the memory of a mapping. A tail shorter than a page may lie behind
   * the store (rule DIR-10).
   *
   * @param operation what the driver answered last
   * @throws ErrnoException EIO (rule PLUGIN-01)
   */
  static void requireOwned(MapCall call, String operation, long address) throws ErrnoException {
    long length = call.request().alignedLength() - Page.SIZE + 1;
    if (!call.file().territory().owns(address, length)) {
      call.trail().refused(Rule.PLUGIN_01, Errno.EIO);
      throw PluginCall.wrong(
          call.file().operations(),
          operation + " of " + call.file().path(),
          "expected an address at which %d bytes belong to the plugin, found 0x%x"
              .formatted(call.request().alignedLength(), address));
    }
  }

  private static <T> T asked(MapCall call, Rule rule, PluginCall.Asking<T> asking)
      throws ErrnoException {
    Object driver = call.file().operations();
    try {
      T answer = asking.ask();
      call.trail().answered(rule, driver, answer);
      return answer;
    } catch (ErrnoException failure) {
      call.trail().answered(rule, driver, failure);
      throw failure;
    }
  }
}
