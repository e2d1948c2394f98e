package org.example.sensor;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.junit.Board;
import dev.nommu.junit.Profiles;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** What this driver alone promises. */
@Board("board.dts")
@Profiles
class SensorDriverTest {
  private static final int ID = 0x0;
  private static final int SAMPLE = 0x4;
  private static final int RESET = 0x8;

  private static long map(Task task, String sensor) throws ErrnoException {
    int fd = task.open(sensor, OpenFlags.O_RDWR);
    return task.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  }

  private static int load(Task task, long address) throws MemoryFault {
    MemorySegment register = MemorySegment.ofArray(new int[1]);
    task.load(address, register);
    return register.get(ValueLayout.JAVA_INT, 0);
  }

  private static void store(Task task, long address, int value) throws MemoryFault {
    task.store(address, MemorySegment.ofArray(new int[] {value}));
  }

  @Test
  void eachSensor_hasRegistersOfItsOwn(Task task) throws Exception {
    long first = map(task, "/dev/sensor0");
    long second = map(task, "/dev/sensor1");
    assertEquals(0x5e45, load(task, first + ID));
    assertEquals(1, load(task, first + SAMPLE));
    assertEquals(2, load(task, first + SAMPLE));
    assertEquals(1, load(task, second + SAMPLE));
    store(task, first + RESET, 0);
    assertEquals(1, load(task, first + SAMPLE));
  }

  @Test
  void dir02_sharedMapping_isWhereTheRegistersAre(Task task) throws Exception {
    assertEquals(0x10000000, map(task, "/dev/sensor0"));
    assertEquals(0x10001000, map(task, "/dev/sensor1"));
  }

  @Test
  void loadOfARegisterThatCanOnlyBeStored_isAFaultThatNamesIt(Task task) throws Exception {
    long sensor = map(task, "/dev/sensor0");
    MemoryFault fault = assertThrows(MemoryFault.class, () -> load(task, sensor + RESET));
    assertTrue(fault.getMessage().contains("register RESET"), fault.getMessage());
  }
}
