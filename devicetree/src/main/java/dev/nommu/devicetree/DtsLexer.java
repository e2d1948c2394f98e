package dev.nommu.devicetree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tokens of device tree source. The grammar of a token depends on the context, as {@code
 * 10} may be a number, two hexadecimal digits or the name of a node.
 */
final class DtsLexer {
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*+):");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "&(?:([a-zA-Z_][a-zA-Z0-9_]*+)|\\{((?:[a-zA-Z_][a-zA-Z0-9_]*+)?/[@/"
              + NameRule.CHARACTERS
              + "]*+)\\})");
  private static final Pattern NAME = Pattern.compile("\\\\?([@" + NameRule.CHARACTERS + "]++)");
  private static final Pattern LITERAL =
      Pattern.compile("(0[xX][0-9a-fA-F]++|[0-9]++)(?:ULL|UL|LL|U|L)?(?![a-zA-Z0-9_])");
  private static final Pattern HEX_BYTE = Pattern.compile("[0-9a-fA-F]{2}");
  private static final Pattern DIRECTIVE = Pattern.compile("/[a-z0-9-]++/");
  private static final Pattern SHOWN =
      Pattern.compile("/[a-z0-9-]++/|&?[@" + NameRule.CHARACTERS + "]++|.", Pattern.DOTALL);

  private final SourceStack source;

  DtsLexer(SourceStack source) {
    this.source = source;
  }

  /** Returns the location of the next token. */
  Location.Line location() throws DeviceTreeException {
    return source.next().location();
  }

  boolean atEnd() throws DeviceTreeException {
    return source.next().atEnd();
  }

  boolean at(String symbol) throws DeviceTreeException {
    return source.next().lookingAt(symbol);
  }

  /** Skips a symbol or directive if it is next; returns whether it was. */
  boolean accept(String symbol) throws DeviceTreeException {
    SourceText text = source.next();
    boolean there = text.lookingAt(symbol);
    if (there) {
      text.take(symbol.length());
    }
    return there;
  }

  void expect(String symbol, String subject) throws DeviceTreeException {
    if (!accept(symbol)) {
      throw unexpected(subject, "'" + symbol + "'");
    }
  }

  /** Reads any number of {@code label:}. */
  List<Label> labels() throws DeviceTreeException {
    List<Label> labels = new ArrayList<>();
    Location.Line at = location();
    Optional<Matcher> label = accept(LABEL);
    while (label.isPresent()) {
      labels.add(new Label(label.get().group(1), at));
      at = location();
      label = accept(LABEL);
    }
    return labels;
  }

  /** Reads {@code &label}, {@code &{/path}} or {@code &{label/path}} if it is next. */
  Optional<Reference> acceptReference() throws DeviceTreeException {
    Location.Line at = location();
    return accept(REFERENCE)
        .map(match -> Optional.ofNullable(match.group(1)).orElseGet(() -> match.group(2)))
        .map(target -> new Reference(target, at));
  }

  Reference reference(String subject) throws DeviceTreeException {
    Optional<Reference> reference = acceptReference();
    if (reference.isEmpty()) {
      throw unexpected(subject, "&label or &{/path}");
    }
    return reference.get();
  }

  /** Skips the slash of the root node, as opposed to that of a directive. */
  boolean acceptRoot() throws DeviceTreeException {
    return !source.next().lookingAt(DIRECTIVE).hasMatch() && accept("/");
  }

  /** Skips a name, even one that is not allowed here; a backslash before it is not part of it. */
  Optional<String> acceptName() throws DeviceTreeException {
    return accept(NAME).map(name -> name.group(1));
  }

  String name(String subject) throws DeviceTreeException {
    Optional<String> name = acceptName();
    if (name.isEmpty()) {
      throw unexpected(subject, "a name");
    }
    return name.get();
  }

  /** Reads an unsigned number in decimal, hexadecimal or octal if one is next. */
  Optional<Long> acceptLiteral() throws DeviceTreeException {
    Location.Line at = location();
    Optional<Matcher> literal = accept(LITERAL);
    if (literal.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(number(literal.get().group(1), at));
  }

  private static long number(String digits, Location.Line at) throws DeviceTreeException {
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return Long.parseUnsignedLong(digits.substring(2), 16);
      }
      return Long.parseUnsignedLong(digits, digits.startsWith("0") ? 8 : 10);
    } catch (NumberFormatException e) {
      throw new DeviceTreeException(
              at,
              "number",
              "an unsigned 64-bit number, octal if it starts with 0",
              DeviceTreeException.quote(digits))
          .because(e);
    }
  }

  /** Reads two hexadecimal digits if they are next. */
  Optional<Byte> acceptHexByte() throws DeviceTreeException {
    return accept(HEX_BYTE).map(match -> (byte) Integer.parseInt(match.group(), 16));
  }

  /**
   * Reads text in quotes, of either kind, if it is next.
   *
   * @return the bytes, without a trailing NUL
   */
  Optional<byte[]> acceptQuoted(char quote) throws DeviceTreeException {
    SourceText text = source.next();
    if (text.peek() != quote) {
      return Optional.empty();
    }
    Location.Line at = text.location();
    Optional<String> raw = text.takeQuoted();
    if (raw.isEmpty()) {
      throw new DeviceTreeException(
          at, "quoted text", quote + " at its end", "the end of the text");
    }
    return Optional.of(new EscapedText(raw.get(), at).decode());
  }

  /** Returns bytes of a file next to the text, see {@link SourceStack#file}. */
  byte[] file(String name, long offset, long length, Location.Line at) throws DeviceTreeException {
    return source.file(name, offset, length, at);
  }

  /** Returns the fault that something other than {@code expected} is next. */
  DeviceTreeException unexpected(String subject, String expected) throws DeviceTreeException {
    SourceText text = source.next();
    String found =
        text.atEnd()
            ? "the end of the text"
            : DeviceTreeException.quote(text.lookingAt(SHOWN).group());
    return new DeviceTreeException(text.location(), subject, expected, found);
  }

  private Optional<Matcher> accept(Pattern pattern) throws DeviceTreeException {
    SourceText text = source.next();
    Matcher matcher = text.lookingAt(pattern);
    if (!matcher.hasMatch()) {
      return Optional.empty();
    }
    text.take(matcher.end() - matcher.start());
    return Optional.of(matcher);
  }
}
