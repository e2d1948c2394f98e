package dev.nommu.kernel.plugin;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.security.CodeSource;
import java.util.Optional;

/** Two plugins have the same name, so a kernel can use neither. */
public final class NameClash {
  private NameClash() {}

  /**
   * Returns EBUSY with the classes of both, and where they are from if they are not the kernel's
   * own.
   *
   * @param kind what they are, in words
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
