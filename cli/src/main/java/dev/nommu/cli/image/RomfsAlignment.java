package dev.nommu.cli.image;

import dev.nommu.cli.option.ByteCount;
import dev.nommu.romfs.RomfsOptions;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A boundary for the data of files, as {@code genromfs -a} and {@code -A}.
 *
 * @param bytes a power of two, 16 or more
 * @param pattern of the names of the files; empty for all
 */
record RomfsAlignment(int bytes, Optional<String> pattern) {
  private static final int SMALLEST = 16;

  /** Returns the options with this alignment added. */
  RomfsOptions applyTo(RomfsOptions options) {
    return pattern
        .map(files -> options.aligning(bytes, files))
        .orElseGet(() -> options.withAlignment(bytes));
  }

  /** Reads {@code BYTES} or {@code BYTES,PATTERN}. */
  static final class Converter implements ITypeConverter<RomfsAlignment> {
    /** Creates it. */
    Converter() {}

    @Override
    public RomfsAlignment convert(String text) {
      int comma = text.indexOf(',');
      String number = comma < 0 ? text : text.substring(0, comma);
      Optional<String> pattern =
          comma < 0 ? Optional.empty() : Optional.of(text.substring(comma + 1));
      return new RomfsAlignment(bytes(number), pattern.map(Converter::requirePattern));
    }

    private static int bytes(String text) {
      long bytes = new ByteCount().convert(text);
      if (bytes < SMALLEST || bytes > 1 << 30 || Long.bitCount(bytes) != 1) {
        throw new TypeConversionException(
            "expected a power of two of %d or more, found '%s'".formatted(SMALLEST, text));
      }
      return (int) bytes;
    }

    private static String requirePattern(String text) {
      return PatternConverter.read(text).toString();
    }
  }
}
