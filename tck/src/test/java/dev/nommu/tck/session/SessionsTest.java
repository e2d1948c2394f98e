package dev.nommu.tck.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ControllableFile;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Service;
import dev.nommu.tck.Subject;
import dev.nommu.tck.session.Sessions.Result;
import dev.nommu.tck.session.Slate.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seed is a session, what is wrong is found and shrunk, and a capsule makes it happen again. */
final class SessionsTest {
  private static final int SEEDS = 30;
  private static final String PLUGIN = Slate.class.getName();

  @TempDir private Path directory;

  private static Subject subject(UnaryOperator<Page> maker) throws BoardException {
    return Subject.driver(() -> new Slate(maker), Board.parse("slate.dts", Slate.BOARD));
  }

  private static PluginPath path(UnaryOperator<Page> maker) {
    return PluginPath.standard()
        .with(DeviceDriver.class, List.of(new FoundPlugin<>(PLUGIN, "", () -> new Slate(maker))));
  }

  private static List<Result> run(Subject subject) throws BoardException {
    return Sessions.run(subject, LongStream.range(0, SEEDS), seed -> {});
  }

  private static Result firstWrong(List<Result> results) {
    return results.stream().filter(Result::isWrong).findFirst().orElseThrow();
  }

  @Test
  void sameSeed_givesTheSameTrace_byteForByte() throws Exception {
    List<Result> once = run(subject(page -> page));
    assertThat(run(subject(page -> page))).isEqualTo(once);
    assertThat(once).extracting(result -> result.replay().trace()).doesNotHaveDuplicates();
    assertThat(once).allSatisfy(result -> assertThat(result.replay().wrong()).isEmpty());
  }

  @Test
  void seeds_makeCallsOfAllKinds_andEachOnlySomeOfThem() throws Exception {
    Targets targets = Targets.ofDevices(List.of("/dev/slate"));
    List<String> all =
        LongStream.range(0, SEEDS)
            .mapToObj(seed -> Session.generate(seed, targets, 60).toString())
            .toList();
    for (String call :
        List.of("pread", "write", "mmap", "munmap", "peek", "poke", "close", "ioctl")) {
      assertThat(all).anyMatch(text -> text.contains(call + "("));
      assertThat(all).anyMatch(text -> !text.contains(call + "("));
    }
  }

  @Test
  void plantedFault_isFoundAndShrunk_andItsCapsuleFailsUntilThePluginIsMended() throws Exception {
    Result found = firstWrong(run(subject(Slate.Overflowing::new)));
    assertThat(found.session().steps()).hasSize(2);
    assertThat(found.session().steps().getLast()).contains("write(");
    assertThat(found.replay().wrong().getFirst().kind()).isEqualTo(Wrong.Kind.FAULT);
    capsule(found.session()).write(directory);
    Capsule capsule = Capsule.read(directory);
    assertThat(capsule.replay(path(Slate.Overflowing::new), Service.OF_API))
        .isEqualTo(found.replay());
    assertThat(capsule.replay(path(page -> page), Service.OF_API).wrong()).isEmpty();
  }

  @Test
  void answerOtherThanTheModels_isFound_andIsStatedInTheCapsule() throws Exception {
    Sessions sessions =
        new Sessions(
            subject(Slate.Forgetting::new),
            Profile.DOCUMENT,
            Targets.ofDevices(List.of("/dev/slate")),
            new SlateModel(),
            60);
    Result found = firstWrong(sessions.run(LongStream.range(0, 400), seed -> {}));
    assertThat(found.replay().wrong().getFirst().kind()).isEqualTo(Wrong.Kind.ANSWER);
    assertThat(found.session().steps()).hasSizeLessThanOrEqualTo(3);
    capsule(found.session()).write(directory);
    Capsule capsule = Capsule.read(directory);
    assertThat(capsule.replay(path(Slate.Forgetting::new), Service.OF_API).wrong()).isNotEmpty();
    assertThat(capsule.replay(path(page -> page), Service.OF_API).wrong()).isEmpty();
  }

  /** Takes for granted that it is given memory. */
  private static final class Trusting extends Page implements ControllableFile {
    Trusting(Page page) {
      super(page);
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) {
      if (argument == 0) {
        throw new IllegalArgumentException("no memory at 0");
      }
      return 0;
    }
  }

  @Test
  void ioctlThatFails_isFoundAndShrunk() throws Exception {
    Result found = firstWrong(run(subject(Trusting::new)));
    assertThat(found.session().steps()).hasSize(2);
    assertThat(found.session().steps().getLast()).matches("ioctl\\(f\\d+, 0x[0-9a-f]{8}, 0\\)");
    assertThat(found.replay().wrong().getFirst().what()).contains("Trusting: ioctl threw");
  }

  private static Capsule capsule(Session session) {
    return new Capsule(
        "0.0.1", PLUGIN, Profile.DOCUMENT, List.of(), Slate.BOARD, Path.of(""), session);
  }
}
