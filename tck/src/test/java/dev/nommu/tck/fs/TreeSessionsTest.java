package dev.nommu.tck.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Directory;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.session.Sessions;
import dev.nommu.tck.session.Sessions.Result;
import dev.nommu.tck.session.Wrong;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Sessions move, remove and list files and directories of a tree, and find what no rule asks. */
final class TreeSessionsTest {
  private static final int SEEDS = 60;
  private static final List<String> CALLS =
      List.of(
          "mkdir",
          "rmdir",
          "unlink",
          "rename",
          "link",
          "symlink",
          "readlink",
          "getdents",
          "stat",
          "truncate",
          "umount",
          "mount",
          "chmod",
          "utimensat");

  private static Subject subject(HeapType.Maker maker) throws Exception {
    HeapType type = new HeapType(maker);
    Board board = Board.parse("heap.dts", FileSystems.boardWithoutStore(type));
    return Subject.fileSystem(() -> new HeapType(maker), board);
  }

  private static List<Result> run(HeapType.Maker maker) throws Exception {
    return Sessions.run(subject(maker), LongStream.range(0, SEEDS), seed -> {});
  }

  /** Knows what is in a directory by the path that it had at first. */
  private static final class RememberingPaths extends HeapFolder {
    private boolean moved;

    RememberingPaths(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void rename(String name, Directory target, String newName) throws ErrnoException {
      if (children.get(name) instanceof RememberingPaths folder) {
        folder.moved = true;
      }
      super.rename(name, target, newName);
    }

    @Override
    public void unlink(String name) throws ErrnoException {
      if (moved) {
        throw new IllegalStateException("no such path");
      }
      super.unlink(name);
    }
  }

  @Test
  void sameSeed_givesTheSameTrace_withCallsOfAllKinds() throws Exception {
    List<Result> once = run(HeapTree::new);
    assertThat(once).allSatisfy(result -> assertThat(result.replay().wrong()).isEmpty());
    assertThat(run(HeapTree::new)).isEqualTo(once);
    for (String call : CALLS) {
      assertThat(once)
          .as(call)
          .anyMatch(result ->
              result.replay().trace().stream()
                  .anyMatch(line -> line.startsWith(call + "(") && !line.contains(" = -1 ")));
    }
  }

  @Test
  void whatNoRuleAsks_isFound_andShrunkToTheCallsItTakes() throws Exception {
    HeapType.Maker wrong = request -> WrongTrees.of(request, RememberingPaths::new);
    for (Contract contract : FileSystems.of(subject(wrong), "heap")) {
      for (Clause clause : contract.clauses()) {
        assertThat(contract.judge(clause, Profile.LINUX_6_12))
            .as(clause.name())
            .isNotInstanceOf(Verdict.Broken.class);
      }
    }
    Result found = run(wrong).stream().filter(Result::isWrong).findFirst().orElseThrow();
    assertThat(found.replay().wrong().getFirst().kind()).isEqualTo(Wrong.Kind.FAULT);
    assertThat(found.replay().wrong().getFirst().what()).contains("RememberingPaths: unlink threw");
    assertThat(found.session().steps()).anyMatch(step -> step.startsWith("rename("));
    assertThat(found.session().steps()).hasSizeLessThan(8);
  }
}
