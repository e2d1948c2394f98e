package dev.nommu.junit;

import dev.nommu.kernel.board.BoardException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the board that an annotation names. */
final class BoardSource {
  private static final String VERSION = "/dts-v1/;";

  private BoardSource() {}

  /**
   * Returns the board.
   *
   * @param text what the annotation says
   * @param test the class beside which a resource lies
   * @throws BoardException if there is none, or it does not describe a machine
   */
  static dev.nommu.kernel.board.Board read(String text, Class<?> test) throws BoardException {
    if (text.stripLeading().startsWith(VERSION)) {
      return dev.nommu.kernel.board.Board.parse(test.getSimpleName() + ".dts", text);
    }
    Path file = Path.of(text);
    return Files.exists(file) ? dev.nommu.kernel.board.Board.read(file) : resource(text, test);
  }

  private static dev.nommu.kernel.board.Board resource(String name, Class<?> test)
      throws BoardException {
    try (InputStream in = test.getResourceAsStream(name)) {
      if (in == null) {
        throw new BoardException(
            "@Board(\"%s\") of %s: expected a file, a resource beside the class, or source that begins with \"%s\""
                .formatted(name, test.getName(), VERSION));
      }
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return dev.nommu.kernel.board.Board.parse(name, source);
    } catch (BoardException unusable) {
      throw unusable;
    } catch (IOException unreadable) {
      throw new BoardException(name + ": " + unreadable.getMessage(), unreadable);
    }
  }
}
