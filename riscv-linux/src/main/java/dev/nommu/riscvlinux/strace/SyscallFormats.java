package dev.nommu.riscvlinux.strace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The formats of calls, by their asm-generic numbers. */
public final class SyscallFormats {
  private static final int ARGUMENTS = 6;
  private static final Map<Long, CallFormat> FORMATS = formats();

  private SyscallFormats() {}

  private static Map<Long, CallFormat> formats() {
    Map<Long, CallFormat> formats = new HashMap<>();
    FileFormats.addTo(formats);
    TaskFormats.addTo(formats);
    return Map.copyOf(formats);
  }

  /** Returns the format of a call; an unknown one shows its name and six argument registers. */
  static CallFormat of(long number) {
    CallFormat known = FORMATS.get(number);
    return known == null ? unknown(number) : known;
  }

  private static CallFormat unknown(long number) {
    List<Argument> arguments = new ArrayList<>(Collections.nCopies(ARGUMENTS, Kinds.HEX));
    return CallFormat.of(CallNames.of(number), arguments.toArray(Argument[]::new));
  }

  /** Returns the names of the calls that are written with their arguments, by number. */
  public static SortedMap<Integer, String> names() {
    SortedMap<Integer, String> names = new TreeMap<>();
    FORMATS.forEach((number, format) -> names.put(Math.toIntExact(number), format.name()));
    return names;
  }
}
