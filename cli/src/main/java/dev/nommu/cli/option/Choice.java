package dev.nommu.cli.option;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of a few names.
 *
 * @param <T> the type of the values
 */
public abstract class Choice<T> implements ITypeConverter<T>, Iterable<String> {
  private final List<T> values;
  private final Function<T, String> name;

  /** Creates it with the values, each with its name. */
  protected Choice(List<T> values, Function<T, String> name) {
    this.values = values;
    this.name = name;
  }

  @Override
  public T convert(String chosen) {
    return values.stream()
        .filter(value -> name.apply(value).equals(chosen))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "expected %s, found '%s'".formatted(String.join(" or ", names()), chosen)));
  }

  private List<String> names() {
    return values.stream().map(name).toList();
  }

  /** Returns all names, for the help. */
  @Override
  public Iterator<String> iterator() {
    return names().iterator();
  }
}
