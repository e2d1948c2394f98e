package dev.nommu.junit;

import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the board that an annotation names. */
final class BoardSource {
  private BoardSource() {}

  /**
   * Returns the board.
   *
   * @param given the value of the annotation
   * @param test the class next to which a resource lies
   * @throws BoardException if there is none, or it does not describe a machine
   */
  static Board read(String given, Class<?> test) throws BoardException {
    if (!given.contains("\n") && Files.exists(Path.of(given))) {
      return Board.read(Path.of(given));
    }
    try {
      TextSource source = TextSource.of(given, "@Board", test);
      return Board.parse(source.name(), source.text());
    } catch (BoardException unusable) {
      throw unusable;
    } catch (IOException unreadable) {
      throw new BoardException(String.valueOf(unreadable.getMessage()), unreadable);
    }
  }
}
