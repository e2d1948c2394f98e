package dev.nommu.devicetree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Device tree source with everything it includes, read as one text. Skips separators of tokens:
 * blanks, comments, line markers, and the borders of included texts.
 */
final class SourceStack {
  static final int DEEPEST = 16;

  private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n\\f\\x0b]++");
  private static final Pattern INCLUDE = Pattern.compile("/include/\\s*+\"([^\"\\n]*+)\"");
  private static final Pattern LINE_MARKER =
      Pattern.compile(
          "#(?:line)?[ \\t]++(\\d{1,9})[ \\t]++\"((?:[^\"\\n\\\\]|\\\\.)*+)\"[^\\n]*+\\n?");
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "#[ \\t]*+(?:include|define|undef|if|ifdef|ifndef|elif|else|endif|error|warning|pragma)"
              + "(?=[ \\t]++[^ \\t=;]|[<\"]|\\s*$)",
          Pattern.MULTILINE);

  private final Includes includes;
  private final Deque<SourceText> open = new ArrayDeque<>();
  private int charactersLeft = FileContent.LARGEST;

  SourceStack(Includes.Source source, Includes includes) throws DeviceTreeException {
    this.includes = includes;
    SourceText main = new SourceText(source);
    spend(source.name(), source.text().length(), main.location());
    open.push(main);
  }

  /** Skips separators and returns the text at the next token, or at the end of all. */
  SourceText next() throws DeviceTreeException {
    boolean skipped = skip();
    while (skipped) {
      skipped = skip();
    }
    return open.element();
  }

  private boolean skip() throws DeviceTreeException {
    SourceText text = open.element();
    return switch (text.peek()) {
      case 0 -> leave(text);
      case ' ', '\t', '\r', '\n', '\f', 0x0b -> skipMatch(text, text.lookingAt(BLANK));
      case '/' -> skipComment(text) || include(text);
      case '#' -> text.atLineStart() && skipLineMarker(text);
      default -> false;
    };
  }

  private static boolean skipMatch(SourceText text, Matcher match) {
    text.take(match.end() - match.start());
    return true;
  }

  private boolean leave(SourceText text) {
    boolean included = text.atEnd() && open.size() > 1;
    if (included) {
      open.pop();
    }
    return included;
  }

  private boolean skipComment(SourceText text) throws DeviceTreeException {
    if (text.lookingAt("//")) {
      if (!text.skipPast("\n")) {
        text.skipToEnd();
      }
      return true;
    }
    if (!text.lookingAt("/*")) {
      return false;
    }
    Location.Line start = text.location();
    text.take(2);
    if (!text.skipPast("*/")) {
      throw new DeviceTreeException(start, "comment", "*/ at its end", "the end of the text");
    }
    return true;
  }

  private boolean skipLineMarker(SourceText text) throws DeviceTreeException {
    Matcher marker = text.lookingAt(LINE_MARKER);
    if (marker.hasMatch()) {
      byte[] name = new EscapedText(marker.group(2), text.location()).decode();
      skipMatch(text, marker);
      text.relocate(new String(name, StandardCharsets.UTF_8), Integer.parseInt(marker.group(1)));
      return true;
    }
    Matcher directive = text.lookingAt(DIRECTIVE);
    if (directive.hasMatch()) {
      throw new DeviceTreeException(
          text.location(),
          "device tree source",
          "text without C preprocessor directives (run cpp on it first, or use /include/)",
          directive.group());
    }
    return false;
  }

  private boolean include(SourceText text) throws DeviceTreeException {
    if (!text.lookingAt("/include/")) {
      return false;
    }
    Location.Line at = text.location();
    Matcher directive = text.lookingAt(INCLUDE);
    if (!directive.hasMatch()) {
      throw new DeviceTreeException(at, "/include/", "a file name in quotes after it", "none");
    }
    skipMatch(text, directive);
    enter(find(text.name(), directive.group(1), at), at);
    return true;
  }

  private Includes.Source find(String including, String requested, Location.Line at)
      throws DeviceTreeException {
    try {
      return includes.open(including, requested);
    } catch (DeviceTreeException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable("/include/ ", requested, at, e);
    }
  }

  /**
   * Returns bytes of a file next to the text being read, from {@code offset} on, at most {@code
   * length}; both are unsigned.
   */
  byte[] file(String requested, long offset, long length, Location.Line at)
      throws DeviceTreeException {
    int most = (int) Math.min(signed(length), charactersLeft + 1L);
    try {
      byte[] bytes = includes.bytes(open.element().name(), requested, signed(offset), most);
      spend(requested, bytes.length, at);
      return bytes;
    } catch (DeviceTreeException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable("/incbin/ ", requested, at, e);
    }
  }

  /** Returns an unsigned number, limited to the largest signed one. */
  private static long signed(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  private static DeviceTreeException unreadable(
      String directive, String requested, Location.Line at, IOException e) {
    return new DeviceTreeException(
            at,
            directive + DeviceTreeException.quote(requested),
            "a readable file",
            e.getClass().getSimpleName() + ": " + e.getMessage())
        .because(e);
  }

  private void enter(Includes.Source source, Location.Line at) throws DeviceTreeException {
    String subject = "/include/ " + DeviceTreeException.quote(source.name());
    if (open.stream().anyMatch(text -> text.name().equals(source.name()))) {
      throw new DeviceTreeException(
          at, subject, "a file that is not being read already", "that it includes itself");
    }
    if (open.size() == DEEPEST) {
      throw new DeviceTreeException(
          at, subject, "at most %d levels of inclusion".formatted(DEEPEST), "one more");
    }
    spend(source.name(), source.text().length(), at);
    open.push(new SourceText(source));
  }

  private void spend(String name, int length, Location.Line at) throws DeviceTreeException {
    charactersLeft -= length;
    if (charactersLeft < 0) {
      throw new DeviceTreeException(
          at,
          "text " + DeviceTreeException.quote(name),
          "at most %d characters with all it includes".formatted(FileContent.LARGEST),
          "more");
    }
  }
}
