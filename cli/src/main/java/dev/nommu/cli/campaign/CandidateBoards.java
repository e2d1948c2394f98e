package dev.nommu.cli.campaign;

import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The boards on which a plugin may be tested; the first one on which it can be used is taken.
 *
 * @param boards empty stands for a board that is generated for the plugin
 */
record CandidateBoards(List<Optional<Board>> boards) {
  /** A board costs each session what its devices and mounts cost, so there are several. */
  private static final List<String> OWN =
      List.of("every-driver.dts", "filesystem-images.dts", "host-directory.dts");

  /** Takes an immutable copy. */
  CandidateBoards {
    boards = List.copyOf(boards);
  }

  /** Returns the boards for the plugins of jars and folders: a given one, or a generated one. */
  static CandidateBoards of(Optional<Board> given) {
    return new CandidateBoards(List.of(given));
  }

  /**
   * Returns the boards for nommu's own plugins: a generated one, or those of nommu's folder.
   *
   * @param folder of nommu's boards
   * @throws BoardException if one of those boards is invalid
   */
  static CandidateBoards ofNommu(Path folder) throws BoardException {
    List<Optional<Board>> boards = new ArrayList<>();
    boards.add(Optional.empty());
    for (String name : OWN) {
      Path board = folder.resolve(name);
      if (Files.exists(board)) {
        boards.add(Optional.of(Board.read(board)));
      }
    }
    return new CandidateBoards(boards);
  }
}
