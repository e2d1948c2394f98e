package org.example.sensor;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Profile.class)
class SensorDriverTest {
  private static final int ID = 0x0;
  private static final int SAMPLE = 0x4;
  private static final int RESET = 0x8;

  private final Machine machine;
  private final Task task;

  SensorDriverTest(Profile profile) throws Exception {
    machine = Machine.boot(Board.read(Path.of("board.dts")), profile, Strictness.STRICT);
    task = machine.init();
  }

  @AfterEach
  void machineIsSound() {
    try (machine) {
      assertEquals(List.of(), machine.check());
    }
  }

  private long map(String sensor) throws ErrnoException {
    int fd = task.open(sensor, OpenFlags.O_RDWR);
    return task.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
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
  void eachSensor_hasRegistersOfItsOwn() throws Exception {
    long first = map("/dev/sensor0");
    long second = map("/dev/sensor1");
    assertEquals(0x5e45, load(first + ID));
    assertEquals(1, load(first + SAMPLE));
    assertEquals(2, load(first + SAMPLE));
    assertEquals(1, load(second + SAMPLE));
    store(first + RESET, 0);
    assertEquals(1, load(first + SAMPLE));
  }

  @Test
  void dir02_sharedMapping_isWhereTheRegistersAre() throws Exception {
    assertEquals(0x10000000, map("/dev/sensor0"));
    assertEquals(0x10001000, map("/dev/sensor1"));
  }

  @Test
  void loadOfARegisterThatCanOnlyBeStored_isAFaultThatNamesIt() throws Exception {
    long sensor = map("/dev/sensor0");
    MemoryFault fault = assertThrows(MemoryFault.class, () -> load(sensor + RESET));
    assertTrue(fault.getMessage().contains("register RESET"), fault.getMessage());
  }

  @Test
  void mmap19_privateWritable_wouldNeedACopy() throws Exception {
    int fd = task.open("/dev/sensor0", OpenFlags.O_RDWR);
    assertEquals(
        Errno.ENODEV,
        assertThrows(
                ErrnoException.class,
                () -> task.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0))
            .errno());
  }
}
