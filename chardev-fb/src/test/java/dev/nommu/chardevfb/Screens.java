package dev.nommu.chardevfb;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakeNode;
import dev.nommu.fixtures.FakePages;
import java.lang.foreign.MemorySegment;

/** Frame buffers for tests, and the calls of a program to them. */
final class Screens {
  /** The address of a program's ioctl argument in RAM; not at its start. */
  static final long ARGUMENT = FakeMachine.USER + 0x1000;

  private Screens() {}

  /** Boots a machine with one simple frame buffer of 96x64 pixels in 32 KiB. */
  static FakeMachine simple(Profile profile, String format, int stride) throws ErrnoException {
    return new FakeMachine(profile).boot(new FrameBufferDriver(), node(format, stride));
  }

  /** Returns the node of a simple frame buffer of 96x64 pixels in 32 KiB. */
  static FakeNode node(String format, int stride) {
    return FakeNode.at("/chosen/framebuffer@87800000")
        .withCompatible("simple-framebuffer")
        .withReg(new AddressRange(0x8780_0000L, 0x8000))
        .with("width", 96L)
        .with("height", 64L)
        .with("stride", (long) stride)
        .with("format", format);
  }

  /** Returns the memory that a simple frame buffer claimed. */
  static MemorySegment memory(FakeMachine machine) {
    return machine.windows().values().iterator().next().memory().orElseThrow();
  }

  /** Returns the RAM in which a virtual frame buffer has its pages, from its start. */
  static MemorySegment ram(FakeMachine machine) {
    return machine.pages().memory(FakePages.BASE, machine.pages().size());
  }

  /** Boots a machine with a virtual frame buffer in this mode and 64 KiB. */
  static FakeMachine virtual(String mode) throws ErrnoException {
    return virtual(mode, 65536);
  }

  static FakeMachine virtual(String mode, long memorySize) throws ErrnoException {
    return new FakeMachine()
        .with("vfb.vfb_enable", "1")
        .with("vfb.videomemorysize", Long.toString(memorySize))
        .with("vfb.mode_option", mode)
        .boot(new FrameBufferDriver());
  }

  static FrameBufferFile open(FakeMachine machine) throws ErrnoException {
    return machine.open("fb0", FrameBufferFile.class);
  }

  static void ioctl(FakeMachine machine, int command) throws ErrnoException {
    open(machine).ioctl(command, ARGUMENT, machine.userMemory());
  }

  /** Reads word {@code index} of the argument. */
  static int word(FakeMachine machine, int index) {
    return machine.user().get(JAVA_INT_UNALIGNED, ARGUMENT - FakeMachine.USER + 4L * index);
  }

  /** Sets word {@code index} of the argument. */
  static void word(FakeMachine machine, int index, int value) {
    machine.user().set(JAVA_INT_UNALIGNED, ARGUMENT - FakeMachine.USER + 4L * index, value);
  }
}
