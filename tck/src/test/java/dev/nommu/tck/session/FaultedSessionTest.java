package dev.nommu.tck.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.FaultMenu.Dish;
import dev.nommu.tck.fault.Operation;
import dev.nommu.tck.fault.SweepReport;
import dev.nommu.tck.fault.Swept;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault the fault that causes an error stays at its call while the session is shrunk. */
final class FaultedSessionTest {
  private static final Session SESSION =
      new Session(
          List.of(
              "f1 = open(\"/dev/slate\", O_RDWR)",
              "pwrite(f1, \"abcd\", 0)",
              "pread(f1, 4, 0)",
              "pwrite(f1, \"abcd\", 8)",
              "pwrite(f1, \"abcdefgh\", 16)",
              "pread(f1, 4, 0)",
              "close(f1)"));
  private static final Dish SHORT = new Dish(Operation.WRITE, new Effect.Shorten());

  private static FaultedSession on(Profile profile) throws Exception {
    Subject subject =
        Subject.driver(() -> new Slate(Careless::new), Board.parse("slate.dts", Slate.BOARD));
    return new FaultedSession(subject, profile, SESSION);
  }

  /** Takes for granted that it is given eight bytes, if it is not given four. */
  private static final class Careless extends Slate.Page {
    Careless(Slate.Page page) {
      super(page);
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      MemorySegment bytes = from.byteSize() == 2 && position == 8 ? from.asSlice(0, 4) : from;
      return super.write(bytes, position);
    }
  }

  @Test
  void fault_movesWithItsCall_whenWhatIsBeforeItGoes() throws Exception {
    for (Profile profile : Profile.values()) {
      FaultedSession session = on(profile);
      assertThat(session.isSound()).isTrue();
      SweepReport report = session.sweep(new FaultMenu(List.of(SHORT)), fault -> {});
      assertThat(report.swept()).hasSize(3).allMatch(Swept::reached);
      assertThat(report.wrong())
          .extracting(Swept::fault)
          .containsExactly(new Fault(Operation.WRITE, 2, SHORT.how()));
      Tried least = session.shrunk(report.wrong().getFirst().fault());
      assertThat(least.session().steps())
          .containsExactly(SESSION.steps().get(0), SESSION.steps().get(3));
      assertThat(least.faults()).containsExactly(new Fault(Operation.WRITE, 1, SHORT.how()));
      assertThat(least.replay().wrong()).extracting(Wrong::kind).contains(Wrong.Kind.FAULT);
    }
  }

  @Test
  void callThatIsLate_isLookedAtFromAnotherThread() throws Exception {
    Fault late = new Fault(Operation.WRITE, 1, new Effect.Late());
    Replay replay =
        Replay.of(on(Profile.DOCUMENT).subject(), Profile.DOCUMENT, List.of(late), SESSION);
    assertThat(replay.wrong()).isEmpty();
  }

  @Test
  void fault_isSeenInTheTrace() throws Exception {
    Fault full = new Fault(Operation.WRITE, 2, new Effect.Fail(Errno.ENOSPC));
    Replay replay =
        Replay.of(on(Profile.LINUX_6_12).subject(), Profile.LINUX_6_12, List.of(full), SESSION);
    assertThat(replay.trace())
        .contains("pwrite(f1, \"abcd\", 0) = 4", "pwrite(f1, \"abcd\", 8) = -1 ENOSPC");
  }
}
