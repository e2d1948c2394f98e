package dev.nommu.kernel.proc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.sysctl.Sysctl;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings of one machine, as {@code sysctl -a} lists them. Immutable. */
public final class SysctlTable {
  private final SortedMap<String, Sysctl> byName;

  /**
   * Creates a table.
   *
   * @param settings with distinct names
   */
  public SysctlTable(List<Sysctl> settings) {
    byName =
        settings.stream()
            .collect(
                Collectors.toMap(
                    Sysctl::name,
                    Function.identity(),
                    (one, other) -> {
                      throw new IllegalArgumentException("two settings named " + one.name());
                    },
                    TreeMap::new));
  }

  /** Returns the settings by name. */
  public List<Sysctl> settings() {
    return List.copyOf(byName.values());
  }

  /**
   * Returns the setting with this name.
   *
   * @param name with dots or slashes, such as {@code "vm.nr_trim_pages"}
   * @throws ErrnoException ENOENT if there is none; the message lists the existing ones
   */
  public Sysctl require(String name) throws ErrnoException {
    return Optional.ofNullable(byName.get(name.replace('/', '.')))
        .orElseThrow(() ->
            new ErrnoException(
                Errno.ENOENT,
                "sysctl %s: no such setting; expected one of %s".formatted(name, byName.keySet())));
  }
}
