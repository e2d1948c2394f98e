package dev.nommu.snippets;

import static dev.nommu.junit.NommuAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.junit.Board;
import dev.nommu.junit.Profiles;
import dev.nommu.kernel.task.Task;
import org.junit.jupiter.api.Test;

@Board("greeting.dts")
@Profiles
class GreetingTest {
  @Test
  void sharedMapping_isTheDevice(Task task) throws Exception {
    int fd = task.open("/dev/greeting", OpenFlags.O_RDWR);
    long address = assertThat(task).mapping(fd).shared().read().isDirectAt("greeting@10000000");
    assertEquals("good morning", task.memory(address, 4096).getString(0));
  }

  @Test
  void whatTheDeviceDoesNotPermit_isRefused(Task task) throws Exception {
    int fd = task.open("/dev/greeting", OpenFlags.O_RDWR);
    assertThat(task).mapping(fd).shared().exec().isRefusedWith(Errno.EINVAL).by("MMAP-20");
    assertThat(task).mapping(fd).privately().write().isRefusedWith(Errno.ENODEV).by("MMAP-19");
    assertThat(task).mapping(fd).shared().read().length(8192).isRefusedWith(Errno.EINVAL);
  }
}
