package dev.nommu.kernel.proc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * A sysctl that is a number, as {@code proc_dointvec_minmax}.
 *
 * @param minimum the lowest value
 * @param current tells the value
 * @param change sets it
 */
public record IntSetting(int minimum, IntSupplier current, IntConsumer change) {
  PseudoFile file(long number) {
    return PseudoFile.setting(number, () -> current.getAsInt() + "\n", this::set);
  }

  private void set(String text) throws ErrnoException {
    int value = parse(text);
    if (value < minimum) {
      throw invalid(text);
    }
    change.accept(value);
  }

  private int parse(String text) throws ErrnoException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      throw invalid(text);
    }
  }

  private ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL,
        "sysctl: expected a number of %d to %d, found \"%s\""
            .formatted(minimum, Integer.MAX_VALUE, text));
  }
}
