package dev.nommu.tck.trail;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.PluginFault;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.tck.trail.Remark.Label;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains the failure of a call: its message, rule and class. */
public final class FailureRemarks {
  /** Types that report failures on behalf of others. */
  private static final List<String> MAKERS =
      List.of(
          ErrnoException.class.getName(),
          PluginFault.class.getName(),
          "dev.nommu.kernel.plugin.PluginCall");

  private FailureRemarks() {}

  /** Returns the remarks on a failed call, which cite the rule, if there is one. */
  public static List<Remark> of(ErrnoException failure) {
    return Stream.concat(Stream.of(refused(failure.describe())), by(origin(failure)).stream())
        .toList();
  }

  /** Returns the remarks on a failed access. */
  public static List<Remark> of(MemoryFault fault) {
    Remark refused = refused(String.valueOf(fault.getMessage()));
    return fault.getCause() instanceof ErrnoException failure
        ? Stream.concat(Stream.of(refused), by(origin(failure)).stream()).toList()
        : List.of(refused);
  }

  /** The fault of a plugin is located where the plugin threw. */
  private static Throwable origin(ErrnoException failure) {
    Throwable cause = failure.getCause();
    boolean isFault = failure.rule().filter("PLUGIN-01"::equals).isPresent();
    return isFault && cause != null ? cause : failure;
  }

  private static Remark refused(String words) {
    return new Remark(Label.REFUSED, words, Optional.empty());
  }

  private static Optional<Remark> by(Throwable origin) {
    return frames(origin).stream()
        .filter(frame -> !MAKERS.contains(frame.getClassName()))
        .findFirst()
        .map(FailureRemarks::place)
        .map(place -> new Remark(Label.BY, place, Optional.empty()));
  }

  /** A plugin's exception may override methods, which may throw too. */
  private static List<StackTraceElement> frames(Throwable origin) {
    try {
      return List.of(origin.getStackTrace());
    } catch (RuntimeException | Error speechless) {
      return List.of();
    }
  }

  /** Returns the method's name in the source, even for code in a lambda. */
  private static String method(StackTraceElement frame) {
    return frame.getMethodName().replaceFirst("^lambda\\$(.+)\\$\\d+$", "$1");
  }

  private static String place(StackTraceElement frame) {
    return "%s.%s (%s:%d)"
        .formatted(frame.getClassName(), method(frame), frame.getFileName(), frame.getLineNumber());
  }
}
