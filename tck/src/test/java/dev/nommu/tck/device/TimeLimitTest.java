package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.ReadableFile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Subject;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A plugin that does not return is told of, and the contract goes on. */
final class TimeLimitTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** Its reads wait for what never comes. */
  private static final class Waiting implements ReadableFile {
    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      try {
        new CountDownLatch(1).await();
        return 0;
      } catch (InterruptedException interrupt) {
        throw new ErrnoException(Errno.EINTR, "interrupted");
      }
    }
  }

  /** Never comes back from the probe, whoever interrupts it. */
  private static final class Stopping implements DeviceDriver {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,memory");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) {
      while (true) {
        LockSupport.park();
      }
    }
  }

  @Test
  void readThatNeverReturns_breaksTheRuleAndIsNamed() throws Exception {
    Subject subject = MemoryDevice.subject((range, memory, context) -> new Waiting()).within(LIMIT);
    List<Clause> reading =
        CharacterDevices.of(subject).getFirst().clauses().stream()
            .filter(clause -> clause.rule().number().equals("COPY-03"))
            .limit(1)
            .toList();
    Map<String, String> broken = Judgement.broken(subject, reading);
    assertThat(broken).hasSize(1);
    assertThat(broken.values().iterator().next())
        .containsPattern("TimeLimitTest\\$Waiting.read\\(.*\\) did not return within 2 s");
  }

  @Test
  void probeThatNeverReturns_isNamed() {
    Subject subject = Subject.driver(() -> new Stopping(), MemoryDevice.board()).within(LIMIT);
    assertThatThrownBy(() -> CharacterDevices.of(subject))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("memory.dts: boot: " + Stopping.class.getName() + ".probe(");
  }
}
