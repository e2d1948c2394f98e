package dev.nommu.kernel.plugin;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.security.CodeSource;
import java.util.Optional;

/** Two plugins with the same name: a kernel can use neither. */
public final class NameClash {
  private NameClash() {}

  /**
   * Returns EBUSY with the classes of both, and where they come from unless they are on the
   * kernel's path.
   *
   * @param kind their kind, in words
   */
  public static ErrnoException of(String kind, String name, Object one, Object other) {
    return new ErrnoException(
        Errno.EBUSY,
        "two plugins provide the %s \"%s\": %s and %s; no machine boots with both"
            .formatted(kind, name, described(one.getClass()), described(other.getClass())));
  }

  private static String described(Class<?> plugin) {
    boolean own = NameClash.class.getClassLoader().equals(plugin.getClassLoader());
    return own
        ? plugin.getName()
        : plugin.getName() + place(plugin).map(" (%s)"::formatted).orElse("");
  }

  private static Optional<String> place(Class<?> plugin) {
    return Optional.ofNullable(plugin.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(Object::toString);
  }
}
