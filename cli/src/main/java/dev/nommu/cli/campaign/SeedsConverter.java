package dev.nommu.cli.campaign;

import dev.nommu.campaign.Seeds;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a range of seeds. */
final class SeedsConverter implements ITypeConverter<Seeds> {
  /** Creates it. */
  SeedsConverter() {}

  @Override
  public Seeds convert(String text) {
    try {
      return Seeds.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new TypeConversionException(String.valueOf(malformed.getMessage()));
    }
  }
}
