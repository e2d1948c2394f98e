package dev.nommu.kernel.ipc;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FUTEX_WAKE_OP: rule FUTEX-08. Numbers as encoded by the macro FUTEX_OP of uapi linux/futex.h. */
final class WakeOpTest {
  @RegisterExtension final Machines machines = new Machines();

  /** FUTEX_OP. */
  private static int encoded(int operation, int operand, int comparison, int comparand) {
    return ((operation & 0xf) << 28)
        | ((comparison & 0xf) << 24)
        | ((operand & 0xfff) << 12)
        | (comparand & 0xfff);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0xc, 0xa, 0xc",
    "1, 0xc, 0xa, 0x16",
    "2, 0xc, 0xa, 0xe",
    "3, 0xc, 0xa, 0x2",
    "4, 0xc, 0xa, 0x6",
    "0, -1, 5, -1",
    "1, -2048, 0, -2048",
    "1, 1, 0x7fffffff, -0x80000000",
    "8, 4, 0, 0x10",
    "9, 31, 0, -0x80000000",
    "9, 32, 0, 1",
    "9, -1, 0, -0x80000000",
    "11, 3, 0xf, 7"
  })
  void futex08_operations(String operation, String operand, String before, String after)
      throws Exception {
    WakeOp decoded =
        WakeOp.decode(encoded(Integer.decode(operation), Integer.decode(operand), 0, 0));
    assertThat(decoded.apply(Integer.decode(before))).isEqualTo(Integer.decode(after));
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, true, false",
    "1, true, false, true",
    "2, true, false, false",
    "3, true, true, false",
    "4, false, false, true",
    "5, false, true, true"
  })
  void futex08_comparisons(int comparison, boolean less, boolean equal, boolean greater)
      throws Exception {
    WakeOp decoded = WakeOp.decode(encoded(0, 0, comparison, -5));
    assertThat(decoded.wakes(Integer.MIN_VALUE)).isEqualTo(less);
    assertThat(decoded.wakes(-5)).isEqualTo(equal);
    assertThat(decoded.wakes(7)).isEqualTo(greater);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 13, 14, 15})
  void futex08_unknownOperation_isEnosysAndChangesNothing(int operation) throws Exception {
    requireUnchanged(encoded(operation, 1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 15})
  void futex08_unknownComparison_isEnosysAndChangesNothing(int comparison) throws Exception {
    requireUnchanged(encoded(0, 1, comparison, 0));
  }

  private void requireUnchanged(int operation) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    long address = p.anonymous(4096);
    assertErrno(Errno.ENOSYS, () -> p.task().ipc().futex(address, 5, 1, 1, address + 4, operation));
    assertThat(p.bytes(address, 8)).containsOnly(0);
  }

  @Test
  void futex08_change_isAtomicTowardsAtomicOperations() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    long address = p.anonymous(4096);
    int rounds = 20_000;
    WakeOp addOne = new WakeOp(WakeOp.Operation.ADD, 1, WakeOp.Comparison.LT, 0);
    Task other =
        p.task()
            .processes()
            .clone(
                0x100,
                task -> {
                  for (int i = 0; i < rounds; i++) {
                    task.ipc().futexWakeOp(address, FutexScope.PRIVATE, 1, address, 1, addOne);
                  }
                  return 0;
                });
    VarHandle word = ValueLayout.JAVA_INT.varHandle();
    for (int i = 0; i < rounds; i++) {
      int ignored = (int) word.getAndAdd(p.task().memory(address, 4), 0L, 1);
    }
    other.join();
    assertThat((int) word.getVolatile(p.task().memory(address, 4), 0L)).isEqualTo(2 * rounds);
  }
}
