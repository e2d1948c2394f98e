package dev.nommu.cli.campaign;

import dev.nommu.campaign.cluster.Endpoint;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where a member is reached. */
final class EndpointConverter implements ITypeConverter<Endpoint> {
  /** Creates it. */
  EndpointConverter() {}

  @Override
  public Endpoint convert(String text) {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new TypeConversionException(String.valueOf(malformed.getMessage()));
    }
  }
}
