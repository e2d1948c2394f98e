package dev.nommu.kernel.exec;

import static dev.nommu.kernel.exec.ElfImage.PT_DYNAMIC;
import static dev.nommu.kernel.exec.ElfImage.R;
import static dev.nommu.kernel.exec.ElfImage.W;
import static dev.nommu.kernel.exec.ElfImage.X;
import static dev.nommu.kernel.exec.ElfImage.filled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Executables with bytes changed or cut off: each is executed or refused with an errno that does
 * not blame a plugin, and nothing stays behind. The seed is printed; {@code -Dnommu.seed} sets
 * another.
 */
final class MutatedExecutablesTest {
  private static final long SEED = Long.getLong("nommu.seed", 20261122);
  private static final int MUTANTS = 250;
  private static final int HEADERS = 256;

  @RegisterExtension final Machines machines = new Machines();

  static Stream<Arguments> executables() {
    FlatFile flat =
        new FlatFile()
            .text(TaskCalls.pattern(300))
            .data(0, 100, 304, -1, 8)
            .relocations(304, 308)
            .bss(500);
    return Stream.of(
        Arguments.of("flat", flat.bytes()),
        Arguments.of("flat in RAM", flat.flags(FlatFile.RAM).bytes()),
        Arguments.of("flat, packed", flat.flags(FlatFile.GZIP).bytes()),
        Arguments.of("flat, data packed", flat.flags(FlatFile.GZDATA).bytes()),
        Arguments.of("flat with a table of addresses", withTable().bytes()),
        Arguments.of("FDPIC", segments(ElfImage.fdpic()).bytes()),
        Arguments.of("static pie", segments(ElfImage.pie()).bytes()),
        Arguments.of("script", "#!/bin/interpreter -x -y\n".getBytes()));
  }

  private static FlatFile withTable() {
    int text = Integer.reverseBytes(100);
    return new FlatFile()
        .text(TaskCalls.pattern(300))
        .data(0, text, -1, text)
        .relocations(312)
        .flags(FlatFile.GOTPIC);
  }

  private static ElfImage segments(ElfImage elf) {
    return elf.entry(0x10210)
        .load(R | X, 0x200, 0x10200, 0x100, filled(0x100, 1))
        .load(R | W, 0x300, 0x11300, 0x900, filled(0x80, 0))
        .header(PT_DYNAMIC, R | W, 0x300, 0x11300, 0x20, 0x20)
        .interpreter(0x180, "/bin/interpreter")
        .stack(R | W, 0x3000);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("executables")
  void mutants_areExecutedOrRefusedAndLeaveNothing(String name, byte[] sound) throws Exception {
    System.out.printf("MutatedExecutablesTest: %s: seed %d%n", name, SEED);
    Random random = new Random(SEED);
    Machine machine = machines.boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(machine.init());
    p.task().tree().mkdir("/bin", 0755);
    Exec.install(p, "/bin/interpreter", interpreter(name));
    Exec.install(p, "/mutant", sound);
    Exec.child(p, "/mutant", "sound").task().exit();
    p.task().tree().unlink("/mutant");
    long free = machine.freePages();
    Set<String> outcomes = new TreeSet<>();
    for (int i = 0; i < MUTANTS; i++) {
      Exec.install(p, "/mutant", mutant(sound, random));
      outcomes.add(outcome(p));
      p.task().tree().unlink("/mutant");
      assertThat(machine.freePages()).as("mutant %d", i).isEqualTo(free);
    }
    assertThat(outcomes).hasSizeGreaterThan(1).doesNotContain("EIO");
  }

  private static byte[] interpreter(String name) {
    ElfImage elf = name.equals("FDPIC") ? ElfImage.fdpic() : ElfImage.pie();
    return elf.entry(0x10).load(R | X, 0, 0, 0x800, filled(0x100, 2)).bytes();
  }

  private static String outcome(TaskCalls p) {
    TaskCalls child = p.other();
    try {
      Exec.run(child, "/mutant", "mutant", "argument");
      return "executed";
    } catch (ErrnoException refused) {
      return refused.errno().toString();
    } finally {
      child.task().exit();
    }
  }

  private static byte[] mutant(byte[] sound, Random random) {
    byte[] mutant =
        random.nextInt(8) == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && mutant.length > 0; i++) {
      int at = random.nextInt(Math.min(mutant.length, random.nextBoolean() ? HEADERS : 1 << 20));
      mutant[at] = interesting(random);
    }
    return mutant;
  }

  private static byte interesting(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> (byte) (1 << random.nextInt(8));
      default -> (byte) random.nextInt();
    };
  }
}
