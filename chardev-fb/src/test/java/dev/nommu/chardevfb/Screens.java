package dev.nommu.chardevfb;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import java.util.List;
import java.util.Map;

/** Frame buffers for tests, and how a program talks to them. */
final class Screens {
  /** Where in RAM a program keeps the argument of an ioctl; beyond what pages are taken from. */
  static final long ARGUMENT = FakeMachine.RAM_START + 0xf_0000;

  private Screens() {}

  /** Boots a machine with one simple frame buffer of 96x64 pixels in 32 KiB. */
  static FakeMachine simple(Profile profile, String format, int stride) throws ErrnoException {
    FakeMachine machine = new FakeMachine(profile, Map.of());
    FrameBufferDriver driver = new FrameBufferDriver();
    driver.probe(FakeNode.screen(format, stride), machine);
    driver.init(machine);
    return machine;
  }

  /** Boots a machine with a virtual frame buffer in this mode and 64 KiB. */
  static FakeMachine virtual(String mode) throws ErrnoException {
    return virtual(mode, 65536);
  }

  static FakeMachine virtual(String mode, long memorySize) throws ErrnoException {
    Map<String, List<String>> parameters =
        Map.of(
            "vfb.vfb_enable", List.of("1"),
            "vfb.videomemorysize", List.of(Long.toString(memorySize)),
            "vfb.mode_option", List.of(mode));
    FakeMachine machine = new FakeMachine(Profile.DOCUMENT, parameters);
    new FrameBufferDriver().init(machine);
    return machine;
  }

  static FrameBufferFile open(FakeMachine machine) throws ErrnoException {
    return machine.open("fb0", FrameBufferFile.class);
  }

  static void ioctl(FakeMachine machine, int command) throws ErrnoException {
    open(machine).ioctl(command, ARGUMENT, machine.physicalMemory());
  }

  /** Reads word {@code index} of the argument. */
  static int word(FakeMachine machine, int index) {
    return machine.ram.get(JAVA_INT_UNALIGNED, ARGUMENT - FakeMachine.RAM_START + 4L * index);
  }

  /** Sets word {@code index} of the argument. */
  static void word(FakeMachine machine, int index, int value) {
    machine.ram.set(JAVA_INT_UNALIGNED, ARGUMENT - FakeMachine.RAM_START + 4L * index, value);
  }
}
