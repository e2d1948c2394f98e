package dev.nommu.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A list of steps. Everything that can be checked before a run has been: every name, the number and
 * kinds of arguments, and that each variable and process exists when it is used.
 *
 * @param name the name for the user, such as the file's path
 * @param lines in order, with comments and blank lines
 */
public record Scenario(String name, List<ScenarioLine> lines) {
  /** Copies the list. */
  public Scenario {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file.
   *
   * @throws ScenarioException if it is not a scenario in UTF-8
   * @throws IOException if it cannot be read
   */
  public static Scenario parse(Path file) throws IOException, ScenarioException {
    return parse(file, Vocabulary.onPath());
  }

  /** Reads a file that uses other constants. */
  public static Scenario parse(Path file, Vocabulary vocabulary)
      throws IOException, ScenarioException {
    return parse(file.toString(), Files.readAllBytes(file), vocabulary);
  }

  /**
   * Reads the bytes of a file.
   *
   * @param name its name in errors
   * @throws ScenarioException if it is not a scenario in UTF-8
   */
  public static Scenario parse(String name, byte[] bytes, Vocabulary vocabulary)
      throws ScenarioException {
    return parse(name, decode(name, bytes), vocabulary);
  }

  /**
   * Reads a text.
   *
   * @param name its name in errors
   * @throws ScenarioException if it is not a scenario
   */
  public static Scenario parse(String name, String text) throws ScenarioException {
    return parse(name, text, Vocabulary.onPath());
  }

  /**
   * Reads a text that uses other constants.
   *
   * @param name its name in errors
   * @throws ScenarioException if it is not a scenario
   */
  public static Scenario parse(String name, String text, Vocabulary vocabulary)
      throws ScenarioException {
    return new Scenario(name, new ScenarioParser(name, vocabulary).parse(text));
  }

  private static String decode(String name, byte[] bytes) throws ScenarioException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (!result.isError()) {
      return text;
    }
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    Position position = new Position(line, text.length() - text.lastIndexOf('\n'));
    throw new ScenarioException(
        name, position, "text in UTF-8", "the byte 0x%02x".formatted(in.get(in.position())));
  }
}
