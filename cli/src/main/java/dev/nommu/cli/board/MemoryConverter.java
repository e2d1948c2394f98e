package dev.nommu.cli.board;

import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.BootLoader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the RAM of {@code --memory}. */
public final class MemoryConverter implements ITypeConverter<BootLoader.Memory> {
  /** Creates it. */
  public MemoryConverter() {}

  @Override
  public BootLoader.Memory convert(String text) {
    try {
      return BootLoader.Memory.parse(text);
    } catch (BoardException malformed) {
      throw new TypeConversionException(String.valueOf(malformed.getMessage()));
    }
  }
}
