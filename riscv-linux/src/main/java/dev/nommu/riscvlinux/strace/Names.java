package dev.nommu.riscvlinux.strace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The names of a constant's values or bits.
 *
 * @param prefix shown with unknown values, such as {@code "O_"}
 * @param values by value, in the order in which bits are written
 */
record Names(String prefix, Map<Long, String> values) {
  /**
   * Returns names from a table.
   *
   * @param table {@code NAME=value}, separated by blanks; decimal, 0x or 0 as in C
   */
  static Names of(String prefix, String table) {
    Map<Long, String> values = new LinkedHashMap<>();
    for (String entry : table.strip().split("\\s+", -1)) {
      int equals = entry.indexOf('=');
      values.put(Long.decode(entry.substring(equals + 1)), prefix + entry.substring(0, equals));
    }
    return new Names(prefix, values);
  }

  /** Returns the name of a value, or the number of an unknown one. */
  String value(long value) {
    String name = values.get(value);
    return name == null ? unknown(value) : name;
  }

  /** Returns the names of the bits that are set; 0 or its name if none is. */
  String bits(long bits) {
    if (bits == 0) {
      return values.getOrDefault(0L, "0");
    }
    StringJoiner names = new StringJoiner("|");
    long left = bits;
    for (Map.Entry<Long, String> each : values.entrySet()) {
      if (each.getKey() != 0 && (left & each.getKey()) == each.getKey()) {
        names.add(each.getValue());
        left &= ~each.getKey();
      }
    }
    if (left != 0) {
      names.add(left == bits ? unknown(left) : "0x" + Long.toHexString(left));
    }
    return names.toString();
  }

  private String unknown(long value) {
    return "0x%x /* %s??? */".formatted(value, prefix);
  }
}
