package dev.nommu.scenario;

/**
 * A parameter of a call.
 *
 * @param name its name in the manual page, for messages
 * @param kind the kind of its arguments
 * @param presence whether it can be omitted
 */
public record Parameter(String name, Kind kind, Presence presence) {
  /** A kind of argument that a parameter takes. */
  public enum Kind {
    /** A number or an address. */
    NUMBER("a number"),
    /** A text. */
    TEXT("a text"),
    /** A number or a text. */
    EITHER("a number or a text");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns the kind as error messages name it. */
    String words() {
      return words;
    }

    /** Returns whether an expression is of this kind. */
    boolean takes(Expression expression) {
      return switch (expression) {
        case Expression.Numeric _ -> this != TEXT;
        case Expression.Textual _ -> this != NUMBER;
      };
    }
  }

  /** Whether a parameter can be omitted. */
  public enum Presence {
    /** It cannot. */
    REQUIRED,
    /** It can, with all following ones. */
    OPTIONAL
  }

  /** Returns a required number. */
  static Parameter number(String name) {
    return new Parameter(name, Kind.NUMBER, Presence.REQUIRED);
  }

  /** Returns a required text. */
  static Parameter text(String name) {
    return new Parameter(name, Kind.TEXT, Presence.REQUIRED);
  }

  /** Returns a required number or text. */
  static Parameter either(String name) {
    return new Parameter(name, Kind.EITHER, Presence.REQUIRED);
  }

  /** Returns this parameter as an optional one. */
  Parameter optional() {
    return new Parameter(name, kind, Presence.OPTIONAL);
  }

  /** Returns the name, in brackets if the parameter is optional. */
  @Override
  public String toString() {
    return presence == Presence.OPTIONAL ? "[" + name + "]" : name;
  }
}
