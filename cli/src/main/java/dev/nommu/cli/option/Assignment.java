package dev.nommu.cli.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A name and its value.
 *
 * @param name not empty
 * @param value may be empty
 */
public record Assignment(String name, String value) {
  /** Returns the values by name, in order of the names; for a repeated name the last one. */
  public static Map<String, String> byName(List<Assignment> assignments) {
    Map<String, String> values = new LinkedHashMap<>();
    assignments.forEach(each -> values.put(each.name(), each.value()));
    return Collections.unmodifiableMap(values);
  }

  /** Reads {@code NAME=VALUE}. */
  public static final class Converter implements ITypeConverter<Assignment> {
    /** Creates it. */
    public Converter() {}

    @Override
    public Assignment convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException("expected NAME=VALUE, found '" + text + "'");
      }
      return new Assignment(text.substring(0, equals), text.substring(equals + 1));
    }
  }
}
