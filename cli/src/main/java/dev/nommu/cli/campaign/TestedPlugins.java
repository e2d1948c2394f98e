package dev.nommu.cli.campaign;

import dev.nommu.api.BinaryFormat;
import dev.nommu.campaign.TestedPlugin;
import dev.nommu.cli.check.ContractsOfClass;
import dev.nommu.cli.check.ContractsOfClass.Given;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plugins of a campaign.
 *
 * @param plugins those that sessions can run against, in the order found
 * @param unusable the reasons why others in the same places are excluded
 * @param digest of the board and all places: their file names and code
 */
record TestedPlugins(List<TestedPlugin> plugins, List<String> unusable, String digest) {
  /** Takes immutable copies. */
  TestedPlugins {
    plugins = List.copyOf(plugins);
    unusable = List.copyOf(unusable);
  }

  /**
   * Finds them.
   *
   * @param wanted their classes; none for all
   * @throws CommandException if a place or a requested class does not exist, or no session can run
   * @throws BoardException if the board is invalid
   */
  static TestedPlugins of(Origin origin, List<String> wanted)
      throws CommandException, BoardException, IOException {
    return of(origin, wanted, boards(origin));
  }

  /** Finds them on one of some boards. */
  static TestedPlugins of(Origin origin, List<String> wanted, CandidateBoards boards)
      throws CommandException, IOException {
    PluginPath path = Service.replacing(path(origin), ContractsOfClass.services());
    List<TestedPlugin> plugins = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    for (String type : chosen(there(path, origin), wanted)) {
      try {
        plugins.add(plugin(path, type, boards));
      } catch (IllegalArgumentException reason) {
        unusable.add(type + ": " + reason.getMessage());
      }
    }
    if (plugins.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu campaign: no plugin that a session can be run against\n"
              + String.join("\n", unusable));
    }
    return new TestedPlugins(plugins, unusable, digest(origin));
  }

  private static CandidateBoards boards(Origin origin) throws BoardException {
    if (!origin.board().isEmpty()) {
      return CandidateBoards.of(
          Optional.of(Board.parse("board", origin.board(), Path.of(origin.directory()))));
    }
    Optional<Path> home = Optional.ofNullable(System.getProperty("nommu.home")).map(Path::of);
    return origin.places().isEmpty() && home.isPresent()
        ? CandidateBoards.ofNommu(home.get().resolve("boards"))
        : CandidateBoards.of(Optional.empty());
  }

  private static PluginPath path(Origin origin) throws CommandException {
    PluginPath path = PluginPath.standard();
    for (String place : origin.all()) {
      try {
        path = path.with(Path.of(place));
      } catch (IOException unusable) {
        throw new CommandException(
            ExitCode.USAGE, "nommu campaign: --plugin " + unusable.getMessage(), unusable);
      }
    }
    return path;
  }

  /** Nommu's own plugins have no place. */
  private static List<String> there(PluginPath path, Origin origin) {
    return origin.places().isEmpty()
        ? ContractsOfClass.classes(path, Path.of(""))
        : origin.places().stream()
            .flatMap(place -> ContractsOfClass.classes(path, Path.of(place)).stream())
            .toList();
  }

  private static List<String> chosen(List<String> there, List<String> wanted)
      throws CommandException {
    for (String type : wanted) {
      if (!there.contains(type)) {
        throw new CommandException(
            ExitCode.USAGE,
            "nommu campaign: expected one of the plugins %s, found %s".formatted(there, type));
      }
    }
    return (wanted.isEmpty() ? there : wanted).stream().distinct().toList();
  }

  private static TestedPlugin plugin(PluginPath path, String type, CandidateBoards boards)
      throws BoardException {
    if (path.find(BinaryFormat.class).stream().anyMatch(each -> each.type().equals(type))) {
      throw new IllegalArgumentException(
          "no sessions are generated for binary formats: use 'nommu check --executable'");
    }
    List<Exception> reasons = new ArrayList<>();
    for (Optional<Board> board : boards.boards()) {
      try {
        Given given = new Given(board, Optional.empty());
        ContractsOfClass found = ContractsOfClass.find(path, type, given);
        return new TestedPlugin(type, found.subject(), found.targets());
      } catch (BoardException | IllegalArgumentException | IllegalStateException reason) {
        reasons.add(reason);
      }
    }
    throw new IllegalArgumentException(reasons.getFirst().getMessage(), reasons.getFirst());
  }

  private static String digest(Origin origin) throws IOException {
    MessageDigest digest = sha256();
    digest.update(origin.board().getBytes(StandardCharsets.UTF_8));
    for (String place : origin.all()) {
      for (Path file : files(Path.of(place))) {
        digest.update(Path.of(place).relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
