package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Several tasks share a mapping of a device: "An existing mapping will be shared, partially or not,
 * if possible without notifying the driver", and its close is invoked "when the last mapping is
 * removed". Linux 6.12 tells the driver of each (SHARE-07, DIR-11).
 */
class SharedDeviceTest {
  private static final int SIZE = 0x4000;
  private static final int PART = 0x1000;

  @ParameterizedTest
  @EnumSource
  void share07_document_sharesWithoutTellingTheDriver(AnsweringDevice device) throws Exception {
    try (TestMachine machine = boot(device, Profile.DOCUMENT)) {
      share(machine, device);
      assertThat(calls(machine)).containsExactly("getUnmappedArea", "mmap");
    }
  }

  @ParameterizedTest
  @EnumSource
  void dir11_document_closesOnceWhenTheLastMappingGoes(AnsweringDevice device) throws Exception {
    try (TestMachine machine = boot(device, Profile.DOCUMENT)) {
      List<Task> tasks = share(machine, device);
      tasks.get(0).exit();
      tasks.get(1).exit();
      assertThat(calls(machine)).containsExactly("getUnmappedArea", "mmap");
      tasks.get(2).munmap(AnsweringDevice.START + PART, PART);
      assertThat(calls(machine))
          .containsExactly("getUnmappedArea", "mmap", "close 0x90000000+0x4000");
    }
  }

  @Test
  void share07_linux612_tellsTheDriverOfEachMapping() throws Exception {
    try (TestMachine machine = boot(AnsweringDevice.DEVICE, Profile.LINUX_6_12)) {
      share(machine, AnsweringDevice.DEVICE);
      assertThat(calls(machine)).containsExactly("getUnmappedArea", "mmap", "mmap", "mmap");
    }
  }

  /** The core answers for the screen, so that its driver is not asked where (FB-02). */
  @Test
  void share07_linux612_tellsTheDriverOfEachMappingOfAFrameBuffer() throws Exception {
    try (TestMachine machine = boot(AnsweringDevice.SCREEN, Profile.LINUX_6_12)) {
      share(machine, AnsweringDevice.SCREEN);
      assertThat(calls(machine)).containsExactly("mmap", "mmap", "mmap");
    }
  }

  @ParameterizedTest
  @EnumSource
  void dir11_linux612_closesEachMapping(AnsweringDevice device) throws Exception {
    try (TestMachine machine = boot(device, Profile.LINUX_6_12)) {
      List<Task> tasks = share(machine, device);
      int before = calls(machine).size();
      tasks.get(0).exit();
      tasks.get(2).exit();
      tasks.get(1).exit();
      assertThat(calls(machine).stream().skip(before))
          .containsExactly(
              "close 0x90000000+0x4000", "close 0x90001000+0x1000", "close 0x90000000+0x4000");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatOneTaskStores_isSeenByAllThatShare(AnsweringDevice device) throws Exception {
    try (TestMachine machine = boot(device, Profile.DOCUMENT)) {
      List<Task> tasks = share(machine, device);
      tasks.get(0).store(AnsweringDevice.START + PART, MemorySegment.ofArray(new byte[] {42}));
      for (Task task : tasks) {
        MemorySegment seen = task.memory(AnsweringDevice.START + PART, 1);
        assertThat(seen.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 42);
      }
    }
  }

  private static TestMachine boot(AnsweringDevice device, Profile profile) throws Exception {
    return TestMachine.boot(profile, "", device.node(Answer.PLACE, ""));
  }

  /** Maps everything in two tasks and a part of it in a third; returns them in this order. */
  private static List<Task> share(TestMachine machine, AnsweringDevice device) throws Exception {
    int file = machine.init().open(device.path(), OpenFlags.O_RDWR);
    List<Task> tasks =
        List.of(
            machine.init().spawn("first"),
            machine.init().spawn("second"),
            machine.init().spawn("third"));
    assertThat(tasks.get(0).mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0))
        .isEqualTo(AnsweringDevice.START);
    assertThat(tasks.get(1).mmap(0, SIZE, PROT_READ, MAP_SHARED, file, 0))
        .isEqualTo(AnsweringDevice.START);
    assertThat(tasks.get(2).mmap(0, PART, PROT_READ, MAP_SHARED, file, PART))
        .isEqualTo(AnsweringDevice.START + PART);
    return tasks;
  }

  private static List<String> calls(TestMachine machine) throws Exception {
    return machine.lines(CallLog.PATH);
  }
}
