package dev.nommu.cli.image;

import dev.nommu.cli.option.ByteCount;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the block size of a cramfs (rule CRAMFS-23). */
final class BlockSize implements ITypeConverter<Integer> {
  private static final int SMALLEST = 4096;
  private static final int LARGEST = 65536;

  /** Creates it. */
  BlockSize() {}

  @Override
  public Integer convert(String text) {
    long bytes = new ByteCount().convert(text);
    if (bytes < SMALLEST || bytes > LARGEST || Long.bitCount(bytes) != 1) {
      throw new TypeConversionException(
          "expected a power of two from %d to %d, found '%s'".formatted(SMALLEST, LARGEST, text));
    }
    return (int) bytes;
  }
}
