package dev.nommu.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.junit.Board;
import dev.nommu.junit.EveryFault;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.fault.Operation;
import java.lang.foreign.MemorySegment;
import java.util.Set;

@Board("devices.dts")
class ThermometerFaultsTest {
  @EveryFault(
      value = Operation.READ,
      plugin = ThermometerDriver.class,
      errno = {Errno.EIO, Errno.ENOMEM})
  void sample_isReadOrFails(Task task) throws Exception {
    int thermometer = task.open("/dev/thermometer", OpenFlags.O_RDONLY);
    for (int sample = 0; sample < 2; sample++) {
      try {
        assertEquals(1, task.read(thermometer, MemorySegment.ofArray(new byte[1])));
      } catch (ErrnoException failed) {
        assertTrue(Set.of(Errno.EIO, Errno.ENOMEM).contains(failed.errno()), failed::getMessage);
      }
    }
  }
}
