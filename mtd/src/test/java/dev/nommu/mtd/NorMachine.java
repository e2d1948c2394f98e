package dev.nommu.mtd;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.ErrnoException;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakeNode;
import dev.nommu.fixtures.FakeStore;

/** A machine with NOR flash of 2 MiB, two chips side by side, and a user of its device. */
final class NorMachine {
  static final int MEMGETINFO = 0x80204d01;
  static final int MEMERASE = 0x40084d02;
  static final int MEMLOCK = 0x40084d05;
  static final int MEMUNLOCK = 0x40084d06;
  static final int MEMGETREGIONCOUNT = 0x80044d07;
  static final int MEMGETREGIONINFO = 0xc0104d08;
  static final int MEMISLOCKED = 0x80084d17;
  static final long BASE = 0x2000_0000L;
  static final int SIZE = 0x200000;
  static final int BLOCK = 0x40000;
  static final String INTEL = "cfi-flash";
  static final String P30 = "intel,28f256p30 cfi-flash";
  static final String AMD = "amd,s29gl256n cfi-flash";

  private FakeMachine machine = new FakeMachine();
  private MtdFile file;

  /** Returns the node of the flash. */
  static FakeNode flash(String compatible) {
    return Chips.device("flash@20000000", compatible, BASE, SIZE).with("linux,mtd-name", "nor");
  }

  /**
   * Boots a new machine with an image in the flash, and opens its first device for reading and
   * writing.
   */
  void boot(FakeNode node, byte... image) throws ErrnoException {
    machine = new FakeMachine();
    if (image.length > 0) {
      machine.attach("/flash@20000000", FakeStore.disk(image));
    }
    machine.boot(new MtdDriver(), node);
    open("mtd0", AccessMode.READ_WRITE);
  }

  /** Boots a new machine and opens the first device for reading. */
  void bootReadOnly(FakeNode node) throws ErrnoException {
    machine = new FakeMachine().boot(new MtdDriver(), node);
    open("mtd0", AccessMode.READ);
  }

  /** Opens another device in place of the open one. */
  void open(String name, AccessMode mode) throws ErrnoException {
    file = machine.open(name, mode, MtdFile.class);
  }

  FakeMachine machine() {
    return machine;
  }

  MtdFile file() {
    return file;
  }

  /** Calls ioctl with an argument of these words. */
  long ioctl(int command, int... words) throws ErrnoException {
    for (int index = 0; index < words.length; index++) {
      machine.user().set(JAVA_INT, 4L * index, words[index]);
    }
    return file.ioctl(command, FakeMachine.USER, machine.userMemory());
  }

  /** Returns a word of the last ioctl's argument. */
  int word(long offset) {
    return machine.user().get(JAVA_INT, offset);
  }

  DeviceWindow window() {
    return machine.windows().values().iterator().next();
  }

  void write(String text, long offset) throws ErrnoException {
    assertThat(file.write(Texts.bytes(text), offset)).isEqualTo(text.length());
  }

  String read(long offset, int length) throws ErrnoException {
    return Texts.read(file, offset, length);
  }
}
