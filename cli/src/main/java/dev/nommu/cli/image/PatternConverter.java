package dev.nommu.cli.image;

import dev.nommu.image.PathPattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a pattern for names. */
final class PatternConverter implements ITypeConverter<PathPattern> {
  /** Creates it. */
  PatternConverter() {}

  @Override
  public PathPattern convert(String text) {
    return read(text);
  }

  /** Parses a pattern. */
  static PathPattern read(String text) {
    try {
      return PathPattern.of(text);
    } catch (IllegalArgumentException invalid) {
      throw new TypeConversionException(String.valueOf(invalid.getMessage()));
    }
  }
}
