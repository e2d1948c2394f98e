package dev.nommu.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.time.SimulatedClock;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.wait.Sleeper;
import org.junit.jupiter.api.Test;

/** The threads of a process among each other. */
final class TaskGroupTest {
  private final TaskGroup group = new ProcessTable().first();

  private Recorder thread(int tid) {
    Recorder thread = new Recorder(tid);
    group.join(thread);
    return thread;
  }

  @Test
  void dismissingOthers_endsAllButOne() {
    Recorder first = thread(1);
    Recorder second = thread(2);
    Recorder third = thread(3);
    group.zapOtherThreads(second);
    assertThat(second.isDismissed()).isFalse();
    assertThat(first.isDismissed() && first.told).isTrue();
    assertThat(third.isDismissed() && third.told).isTrue();
  }

  @Test
  void whoWasDismissed_dismissesNobody() {
    Recorder first = thread(1);
    Recorder second = thread(2);
    group.zapOtherThreads(second);
    group.zapOtherThreads(first);
    assertThat(second.isDismissed()).isFalse();
    assertThat(second.told).isFalse();
  }

  @Test
  void threadOfOneThatWasDismissed_isDismissed() {
    Recorder first = thread(1);
    Recorder second = thread(2);
    group.zapOtherThreads(second);
    Recorder late = new Recorder(3);
    group.join(late, first);
    assertThat(late.isDismissed()).isTrue();
  }

  @Test
  void threadThatDismissesItsMaker_staysWhateverTheMakerDoesNext() {
    Recorder first = thread(1);
    Recorder made = new Recorder(2);
    group.join(made, first);
    group.zapOtherThreads(made);
    Recorder late = new Recorder(3);
    group.join(late, first);
    assertThat(first.isDismissed() && late.isDismissed()).isTrue();
    assertThat(made.isDismissed()).isFalse();
  }

  /** Records the calls of its process. */
  private static final class Recorder implements Member {
    private final int tid;
    private final Sleeper sleeper = new Sleeper(new SimulatedClock());
    private final ThreadSignals signals = new ThreadSignals(SignalSet.NONE);
    private boolean dismissed;
    private boolean told;

    Recorder(int tid) {
      this.tid = tid;
    }

    @Override
    public int tid() {
      return tid;
    }

    @Override
    public String name() {
      return "thread";
    }

    @Override
    public Credentials credentials() {
      return Credentials.ROOT;
    }

    @Override
    public Sleeper sleeper() {
      return sleeper;
    }

    @Override
    public ThreadSignals signals() {
      return signals;
    }

    @Override
    public void doomed() {
      told = true;
    }

    @Override
    public void dismiss() {
      dismissed = true;
    }

    @Override
    public boolean isDismissed() {
      return dismissed;
    }
  }
}
