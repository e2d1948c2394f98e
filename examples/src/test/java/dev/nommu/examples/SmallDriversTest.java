package dev.nommu.examples;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sensor of three registers and an array that is a disk, each in a few lines. */
class SmallDriversTest {
  private Machine machine;
  private Task task;

  @BeforeEach
  void boot() throws Exception {
    machine = Machine.boot(Board.read(Path.of("devices.dts")));
    task = machine.init();
  }

  @AfterEach
  void machineIsSound() {
    assertEquals(List.of(), machine.check());
    machine.close();
  }

  private long map(String device, int length) throws Exception {
    int file = task.open(device, OpenFlags.O_RDWR);
    return task.mmap(0, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  }

  private int load(long address) throws MemoryFault {
    MemorySegment register = MemorySegment.ofArray(new int[1]);
    task.load(address, register);
    return register.get(ValueLayout.JAVA_INT, 0);
  }

  private void store(long address, int value) throws MemoryFault {
    task.store(address, MemorySegment.ofArray(new int[] {value}));
  }

  @Test
  void sensorsAreTwo_andEachHasItsRegisters() throws Exception {
    long first = map("/dev/sensor0", 4096);
    long second = map("/dev/sensor1", 4096);
    assertEquals(0x5e45, load(first));
    assertEquals(1, load(first + 4));
    assertEquals(2, load(first + 4));
    assertEquals(1, load(second + 4));
    store(first + 8, 0);
    assertEquals(1, load(first + 4));
  }

  @Test
  void loadOfARegisterThatCanOnlyBeStored_isAFaultThatSaysSo() throws Exception {
    long sensor = map("/dev/sensor0", 4096);
    MemoryFault fault = assertThrows(MemoryFault.class, () -> load(sensor + 8));
    assertTrue(fault.getMessage().contains("register RESET"), fault.getMessage());
  }

  @Test
  void arrayIsADisk_whichCanBeMappedShared() throws Exception {
    int file = task.open("/dev/array0", OpenFlags.O_RDWR);
    long disk = map("/dev/array0", 1 << 16);
    store(disk + 4, 1234);
    MemorySegment read = MemorySegment.ofArray(new int[1]);
    assertEquals(4, task.pread(file, read, 4));
    assertEquals(1234, read.get(ValueLayout.JAVA_INT, 0));
  }

  @ParameterizedTest
  @CsvSource({"SensorDriver, 40", "ArrayDiskDriver, 20"})
  void driverIsShort(String driver, int lines) throws Exception {
    Path source = Path.of("src/main/java/dev/nommu/examples/" + driver + ".java");
    List<String> code =
        Files.readAllLines(source).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .filter(line -> !line.startsWith("import ") && !line.startsWith("/**"))
            .toList();
    assertTrue(code.size() <= lines, code.size() + " lines");
  }
}
