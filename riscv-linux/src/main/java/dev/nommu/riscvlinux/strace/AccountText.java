package dev.nommu.riscvlinux.strace;

import static dev.nommu.riscvlinux.strace.Structures.at;
import static dev.nommu.riscvlinux.strace.TracedCall.getInt;
import static dev.nommu.riscvlinux.strace.TracedCall.getLong;

import java.lang.foreign.MemorySegment;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Formats accounting data of a process and of the machine. */
final class AccountText {
  private static final int TMS = 32;
  private static final int RUSAGE = 144;
  private static final int SYSINFO = 112;

  /** Queries the current personality. */
  private static final long NO_PERSONALITY = 0xffff_ffffL;

  private static final long PER_MASK = 0xff;

  private AccountText() {}

  static String times(TracedCall call, long address) {
    return at(
        call,
        address,
        TMS,
        s ->
            "{tms_utime=%d, tms_stime=%d, tms_cutime=%d, tms_cstime=%d}"
                .formatted(getLong(s, 0), getLong(s, 8), getLong(s, 16), getLong(s, 24)));
  }

  static String usage(TracedCall call, long address) {
    return at(
        call,
        address,
        RUSAGE,
        s ->
            "{ru_utime=%s, ru_stime=%s, ...}"
                .formatted(Structures.timeval(s, 0), Structures.timeval(s, 16)));
  }

  static String system(TracedCall call, long address) {
    return at(call, address, SYSINFO, AccountText::system);
  }

  private static String system(MemorySegment s) {
    return "{uptime=%d, loads=[%d, %d, %d], totalram=%d, freeram=%d, sharedram=%d, bufferram=%d,"
            .formatted(
                getLong(s, 0),
                getLong(s, 8),
                getLong(s, 16),
                getLong(s, 24),
                getLong(s, 32),
                getLong(s, 40),
                getLong(s, 48),
                getLong(s, 56))
        + " totalswap=%d, freeswap=%d, procs=%d, totalhigh=%d, freehigh=%d, mem_unit=%d}"
            .formatted(
                getLong(s, 64),
                getLong(s, 72),
                getInt(s, 80) & 0xffff,
                getLong(s, 88),
                getLong(s, 96),
                getInt(s, 104));
  }

  /**
   * Returns the numbers of the processors whose bits are set; the call's result is the size in
   * bytes.
   */
  static String processors(TracedCall call, long address) {
    long length = call.result().orElseThrow();
    return at(
        call,
        address,
        length,
        mask ->
            LongStream.range(0, length * Byte.SIZE)
                .filter(each -> isSet(mask, each))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" ", "[", "]")));
  }

  private static boolean isSet(MemorySegment mask, long processor) {
    return (getInt(mask, processor / Integer.SIZE * Integer.BYTES) >>> processor % Integer.SIZE & 1)
        != 0;
  }

  static String personality(long value) {
    long asked = value & 0xffff_ffffL;
    if (asked == NO_PERSONALITY) {
      return "0xffffffff";
    }
    String base = Constants.PERSONALITY.value(asked & PER_MASK);
    long flags = asked & ~PER_MASK;
    return flags == 0 ? base : base + "|" + Constants.PERSONALITY_FLAGS.bits(flags);
  }

  /** Returns the previous personality. */
  static String oldPersonality(long value) {
    return "%s (%s)".formatted(value == 0 ? "0" : "0x%x".formatted(value), personality(value));
  }
}
