package dev.nommu.cli.option;

import dev.nommu.cli.text.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the path of a file on the host. */
public final class HostPath implements ITypeConverter<Path> {
  /** Creates it. */
  public HostPath() {}

  @Override
  public Path convert(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw new TypeConversionException(
          "expected a path in the locale's character set, found '%s': %s; a locale such as C.UTF-8"
                  .formatted(Printable.of(text), invalid.getReason())
              + " may be needed");
    }
  }
}
