package dev.nommu.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.FaultMenu.Dish;
import dev.nommu.tck.fault.Operation;
import dev.nommu.tck.fault.SweepReport;
import dev.nommu.tck.fault.Swept;
import dev.nommu.tck.fault.Tally;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A kind of fault is borne if each fault of it was reached and both outcomes occurred. */
final class FaultVerdictsTest {
  private static final Dish READ = new Dish(Operation.READ, new Effect.Fail(Errno.EIO));

  private static Swept swept(int n, boolean reached, Tally tally, String... wrong) {
    Fault fault = new Fault(Operation.READ, n, READ.how());
    return new Swept(fault, reached, tally, Optional.empty(), List.of(wrong));
  }

  private static SweptWork work(String name, int calls, Swept... swept) {
    SweepReport report =
        new SweepReport(Map.of(Operation.READ, new Tally(calls, 0)), List.of(swept));
    return new SweptWork(name, Optional.empty(), report);
  }

  private static FaultVerdicts verdicts(SweptWork... works) throws Exception {
    Board board = Board.parse("lamp.dts", MadeBoard.of(Set.of("acme,lamp")));
    Capsules capsules = new Capsules("acme.Lamp", board, Path.of("capsules"));
    return new FaultVerdicts(Profile.DOCUMENT, List.of(works), capsules);
  }

  private static Verdict of(SweptWork... works) throws Exception {
    return verdicts(works).of(READ).verdict();
  }

  @Test
  void faultsThatWereAllReached_areBorne() throws Exception {
    SweptWork one = work("seed 1", 1, swept(1, true, new Tally(0, 1)));
    SweptWork two =
        work("seed 2", 2, swept(1, true, new Tally(1, 1)), swept(2, true, new Tally(1, 1)));
    assertThat(of(one, two)).isEqualTo(Verdict.HELD);
    assertThat(verdicts(one, two).counts())
        .isEqualTo(
            "faults, document (seed 1, seed 2): 3 of 3 reached; of the calls: read: 5 succeeded, 3"
                + " failed");
  }

  @Test
  void faultThatWasNotReached_isNotPassedOver() throws Exception {
    SweptWork work =
        work("seed 1", 2, swept(1, true, new Tally(1, 1)), swept(2, false, new Tally(1, 0)));
    assertThat(of(work))
        .isEqualTo(Verdict.skipped("this is not proved: read 2 fails with EIO: was not reached"));
  }

  @Test
  void callThatNeverSucceeds_isNotPassedOver() throws Exception {
    SweepReport failing =
        new SweepReport(
            Map.of(Operation.READ, new Tally(0, 1)), List.of(swept(1, true, new Tally(0, 1))));
    assertThat(of(new SweptWork("seed 1", Optional.empty(), failing)))
        .isEqualTo(
            Verdict.skipped("this is not proved: read that fails with EIO: no call succeeded"));
  }

  @Test
  void callThatIsNeverMade_isSkippedWithTheReason() throws Exception {
    assertThat(of(work("seed 1", 0)))
        .isEqualTo(Verdict.skipped("none of its sessions leads to a call that this can happen to"));
  }

  @Test
  void whatIsWrongInOneSession_isBrokenWithTheNumberOfOtherFaults() throws Exception {
    SweptWork sound = work("seed 1", 1, swept(1, true, new Tally(0, 1)));
    SweptWork wrong =
        work(
            "seed 2",
            2,
            swept(1, true, new Tally(1, 1), "BOOKS: wrong"),
            swept(2, true, new Tally(1, 1), "BOOKS: wrong"));
    assertThat(of(sound, wrong))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken ->
                assertThat(broken.found())
                    .isEqualTo(
                        "seed 2, read 1 fails with EIO: BOOKS: wrong (and with 1 other fault)"));
  }
}
