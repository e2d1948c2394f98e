package dev.nommu.kernel.sysctl;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings by name: rule TRIM-03, and sysctl(8), proc(5) and kernel-parameters of Linux. */
final class SysctlTest {
  private static final String TRIM = "vm.nr_trim_pages";

  @RegisterExtension final Machines machines = new Machines();

  private Machine boot(String bootargs) {
    Board board = TestBoard.withMebibytes(8).bootargs(bootargs).build();
    return machines.boot(board, Profile.DOCUMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "' 7\t', 7",
    "017, 15",
    "0x1F, 31",
    "0, 0",
    "18446744073709551615, 18446744073709551615"
  })
  void number_isReadAsStrtoulDoesInBaseZero(String text, String value) throws Exception {
    Sysctl setting = new Sysctl("a.b", 0, -1, 1);
    setting.set(text);
    assertThat(setting.text()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-1", "+1", "1 2", "08", "0x", "1k", "18446744073709551616", "\u0661"})
  void whatIsNoNumber_isEinvalAndTellsWhatWasExpected(String text) {
    Sysctl setting = new Sysctl("a.b", 2, 9, 3);
    assertThat(failureOf(() -> setting.set(text)))
        .hasMessage("sysctl a.b: expected a number of 2 to 9, found \"" + text + "\"")
        .extracting(ErrnoException::errno)
        .isEqualTo(Errno.EINVAL);
    assertThat(setting.value()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, -1, Long.MIN_VALUE})
  void numberOutsideOfTheBounds_isEinvalAndTheValueStays(long wanted) throws Exception {
    Sysctl setting = new Sysctl("a.b", 2, 9, 3);
    assertErrno(Errno.EINVAL, () -> setting.set(wanted));
    assertThat(setting.value()).isEqualTo(3);
    setting.set(2);
    setting.set(9);
    assertThat(setting.value()).isEqualTo(9);
  }

  @Test
  void trim03_settingByName_isTheOneInProc() throws Exception {
    Machine machine = boot("");
    TaskCalls p = new TaskCalls(machine.init());
    machine.sysctl(TRIM).set(0);
    assertThat(p.text("/proc/sys/vm/nr_trim_pages")).isEqualTo("0\n");
    p.anonymous(3 * TaskCalls.PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(4);
    p.text("/proc/sys/vm/nr_trim_pages", "0x10\n");
    assertThat(machine.sysctl("vm/nr_trim_pages").value()).isEqualTo(16);
  }

  @Test
  void trim03_writing_takesTheFirstNumber() throws Exception {
    Machine machine = boot("");
    Task task = machine.init();
    int file = task.open("/proc/sys/vm/nr_trim_pages", OpenFlags.O_WRONLY);
    assertThat(task.write(file, MemorySegment.ofArray("4 5".getBytes(UTF_8)))).isEqualTo(2);
    assertThat(machine.sysctl(TRIM).value()).isEqualTo(4);
    assertErrno(
        Errno.EINVAL, () -> task.pwrite(file, MemorySegment.ofArray("6x".getBytes(UTF_8)), 0));
    assertThat(machine.sysctl(TRIM).value()).isEqualTo(4);
    assertErrno(Errno.EINVAL, () -> machine.sysctl(TRIM).set("6 7"));
  }

  @Test
  void unknownName_isEnoentAndTheKnownOnesAreListed() {
    Machine machine = boot("");
    assertThat(failureOf(() -> machine.sysctl("vm.nr_trim")))
        .hasMessageContainingAll("vm.nr_trim:", TRIM)
        .extracting(ErrnoException::errno)
        .isEqualTo(Errno.ENOENT);
  }

  @Test
  void trim03_parameterOfTheCommandLine_setsItBeforeTheFirstMapping() throws Exception {
    Machine machine = boot("sysctl.vm.nr_trim_pages=7 quiet sysctl.vm/nr_trim_pages=9");
    assertThat(machine.sysctl(TRIM).value()).isEqualTo(9);
  }

  @Test
  void parameterThatCannotBeSet_isLoggedAndTheMachineBoots() throws Exception {
    Machine machine =
        boot("sysctl.vm.nr_trim_pages=many sysctl.kernel.panic=1 sysctl.vm.nr_trim_pages");
    assertThat(machine.sysctl(TRIM).value()).isEqualTo(1);
    List<String> log = machine.log().lines();
    assertThat(log)
        .anySatisfy(line ->
            assertThat(line).contains("/chosen: not used: sysctl." + TRIM + "=many: EINVAL"));
    assertThat(log).anySatisfy(line -> assertThat(line).contains("kernel.panic", "ENOENT"));
  }

  @Test
  void board11_valueThatCannotBeSet_leavesTheOneBefore() throws Exception {
    Machine machine = boot("sysctl.vm.nr_trim_pages=7 sysctl.vm.nr_trim_pages=many");
    assertThat(machine.sysctl(TRIM).value()).isEqualTo(7);
    assertThat(machine.unheededBootArguments()).containsExactly("sysctl.vm.nr_trim_pages=many");
  }

  @Test
  void writeBehindTheBeginning_meansNothing() throws Exception {
    Machine machine = boot("");
    int file = new TaskCalls(machine.init()).write("/proc/sys/vm/nr_trim_pages");
    MemorySegment five = MemorySegment.ofArray("5\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(machine.init().pwrite(file, five, 3)).isEqualTo(2);
    assertThat(machine.sysctl(TRIM).value()).isEqualTo(1);
  }

  @Test
  void everySetting_hasAFileOfMode0644() throws Exception {
    Machine machine = boot("");
    assertThat(machine.init().tree().stat("/proc/sys/vm/nr_trim_pages").attributes().permissions())
        .isEqualTo(0644);
    assertThat(machine.init().tree().stat("/proc/sys/vm").attributes().permissions())
        .isEqualTo(0555);
  }
}
