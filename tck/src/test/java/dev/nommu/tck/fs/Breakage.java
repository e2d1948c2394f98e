package dev.nommu.tck.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Which rules a type of file system breaks, and which it keeps. */
final class Breakage {
  private Breakage() {}

  private static Contract contract(Supplier<FileSystemType> type) throws Exception {
    FileSystemType specimen = type.get();
    Board board = Board.parse("heap.dts", FileSystems.boardWithoutStore(specimen));
    Subject subject = Subject.fileSystem(type, board);
    Place place = new Place(board.simulation().mounts().getFirst());
    return new Contract("heap", subject, FileSystems.ownClauses(place));
  }

  static Map<String, String> broken(Supplier<FileSystemType> type) throws Exception {
    Contract contract = contract(type);
    Map<String, String> broken = new TreeMap<>();
    for (Clause clause : contract.clauses()) {
      if (contract.judge(clause, Profile.DOCUMENT) instanceof Verdict.Broken wrong) {
        broken.merge(clause.rule().number(), wrong.describe(clause), String::concat);
      }
    }
    return broken;
  }

  static void assertBreaks(Map<String, String> rules, Supplier<FileSystemType> type)
      throws Exception {
    Map<String, String> broken = broken(type);
    assertThat(broken.keySet()).as("%s", broken).isEqualTo(rules.keySet());
    rules.forEach((rule, part) -> assertThat(broken.get(rule)).contains(part));
  }

  /** Returns the rules that a type keeps, of those of which a test is not skipped. */
  static Set<String> kept(Supplier<FileSystemType> type) throws Exception {
    Set<String> kept = new TreeSet<>();
    Contract contract = contract(type);
    for (Clause clause : contract.clauses()) {
      if (contract.judge(clause, Profile.DOCUMENT) instanceof Verdict.Held) {
        kept.add(clause.rule().number());
      }
    }
    return kept;
  }
}
