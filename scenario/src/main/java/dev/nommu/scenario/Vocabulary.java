package dev.nommu.scenario;

import dev.nommu.api.IoctlCommand;
import dev.nommu.api.PluginFault;
import dev.nommu.api.UapiHeader;
import dev.nommu.kernel.path.PluginPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The names that a scenario can use for numbers: the constants of the calls, and those in the
 * headers of plugins. An immutable value, thread-safe.
 */
public final class Vocabulary {
  private final Map<String, Long> constants = new HashMap<>(Constants.values());
  private final Map<Integer, IoctlCommand> ioctls = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** Created on first use. */
  private static final class OnPath {
    static final Vocabulary VOCABULARY = of(PluginPath.standard().find(UapiHeader.class));
  }

  private Vocabulary() {}

  /**
   * Returns the vocabulary with the plugins on the module path and the class path of this class;
   * always the same.
   */
  public static Vocabulary onPath() {
    return OnPath.VOCABULARY;
  }

  /**
   * Returns the vocabulary with the headers of suppliers, such as those of a {@link PluginPath}.
   */
  public static Vocabulary of(List<? extends Supplier<UapiHeader>> makers) {
    Vocabulary vocabulary = new Vocabulary();
    makers.forEach(vocabulary::take);
    return vocabulary;
  }

  /** Returns the vocabulary with some headers. */
  public static Vocabulary of(UapiHeader... headers) {
    return of(Stream.of(headers).<Supplier<UapiHeader>>map(header -> () -> header).toList());
  }

  private void take(Supplier<UapiHeader> maker) {
    try {
      take(maker.get());
    } catch (ServiceConfigurationError | LinkageError broken) {
      faults.add(broken.toString());
    }
  }

  private void take(UapiHeader header) {
    try {
      Map.copyOf(header.constants()).forEach((name, value) -> define(header, name, value));
      for (IoctlCommand ioctl : List.copyOf(header.ioctls())) {
        define(header, ioctl.name(), ioctl.number() & 0xffff_ffffL);
        ioctls.putIfAbsent(ioctl.number(), ioctl);
      }
    } catch (RuntimeException | Error broken) {
      faults.add(new PluginFault(header, "a header", broken).getMessage());
    }
  }

  private void define(UapiHeader header, String name, long value) {
    Long former = constants.putIfAbsent(name, value);
    if (former != null && former != value) {
      String found =
          "expected %s to be 0x%x as elsewhere, found 0x%x".formatted(name, former, value);
      faults.add(new PluginFault(header, "a header", found).getMessage());
    }
  }

  /** Returns the value of a constant as 64 bits, two's complement, or empty if there is none. */
  public Optional<Long> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /** Returns the names of all constants, ioctls among them. */
  public Set<String> names() {
    return Set.copyOf(constants.keySet());
  }

  /**
   * Returns an ioctl by its number; of several with the same number, the first found.
   *
   * @param number only the low 32 bits matter
   */
  public Optional<IoctlCommand> ioctl(long number) {
    return Optional.ofNullable(ioctls.get((int) number));
  }

  /** Returns the faults of headers, whose names may be missing; empty if there are none. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}
