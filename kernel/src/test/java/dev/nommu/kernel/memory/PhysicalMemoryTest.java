package dev.nommu.kernel.memory;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The physical address space: RAM, windows that are memory and windows that handle each access. */
final class PhysicalMemoryTest {
  private static final long BASE = 0x8000_0000L;

  private final Arena arena = Arena.ofConfined();
  private final PhysicalMemory memory =
      new PhysicalMemory(Ram.of(new AddressRange(BASE, 0x4000)), arena);

  PhysicalMemoryTest() throws ErrnoException {}

  /** A device that returns its offset for each load and records each store. */
  private static final class Register implements DeviceWindow {
    final List<String> stores = new ArrayList<>();
    private long loaded;

    @Override
    public long size() {
      return 16;
    }

    @Override
    public Optional<MemorySegment> memory() {
      return Optional.empty();
    }

    @Override
    public long load(long offset, int width) {
      return loaded == 0 ? offset + 100 : loaded;
    }

    @Override
    public void store(long offset, int width, long value) {
      stores.add("%d/%d=0x%x".formatted(offset, width, value));
    }
  }

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void pagesOfRam_beginWhereThoseOfTheHostDo() throws Exception {
    assertThat(memory.ramAt(BASE, 1).address() % 4096).isZero();
    assertThat(memory.allocate("a device", 5).address() % 4096).isZero();
  }

  private static MemorySegment bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return MemorySegment.ofArray(bytes);
  }

  @Test
  void ram_keepsWhatIsStored() throws Exception {
    memory.store(BASE + 10, bytes(1, 2, 3));
    MemorySegment loaded = bytes(0, 0, 0);
    memory.load(BASE + 10, loaded);
    assertThat(loaded.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3);
    assertThat(memory.at(BASE + 11, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 2);
  }

  @Test
  void window_isAskedForEachLoadAndStoreAsWideAsItIs() throws Exception {
    Register register = new Register();
    memory.add(memory.window("register", new AddressRange(0x1000, 16), register, this));
    MemorySegment loaded = bytes(0, 0);
    memory.load(0x1003, loaded);
    assertThat(loaded.toArray(ValueLayout.JAVA_BYTE)).containsExactly(103, 104);
    memory.store(0x1000, bytes(7, 255));
    assertThat(register.stores).containsExactly("0/2=0xff07");
    assertThatThrownBy(() -> memory.at(0x1000, 4))
        .isInstanceOf(MemoryFault.class)
        .hasMessageContainingAll("no plain memory at address 0x1000: register at 0x1000-0x1010");
  }

  @Test
  void window_isAskedInWordsThatAreAlignedAndDoNotReachFarther() throws Exception {
    Register register = new Register();
    memory.add(memory.window("register", new AddressRange(0x1000, 16), register, this));
    memory.store(0x1001, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
    assertThat(register.stores)
        .containsExactly("1/1=0x1", "2/2=0x302", "4/4=0x7060504", "8/4=0xb0a0908", "12/2=0xd0c");
    register.loaded = 0x8877665544332211L;
    MemorySegment loaded = bytes(0, 0, 0, 0, 0, 0, 0, 0, 0);
    memory.load(0x1007, loaded);
    assertThat(loaded.toArray(ValueLayout.JAVA_BYTE))
        .containsExactly(0x11, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88 - 256);
  }

  @Test
  void access_isHeard_andWhoAnsweredIt_untilTheDeviceIsDone() throws Exception {
    Register register = new Register();
    memory.add(memory.window("register", new AddressRange(0x1000, 16), register, this));
    List<String> heard = new ArrayList<>();
    MemoryAccess<String> access =
        new MemoryAccess<>() {
          @Override
          public void loaded(String by, long address, long count) {
            heard.add("%s loaded %d at 0x%x".formatted(by, count, address));
          }

          @Override
          public void stored(String by, long address, long count) {
            heard.add("%s stored %d at 0x%x".formatted(by, count, address));
          }

          @Override
          public void answered(String by, Bank bank, long address, MemorySegment answer) {
            heard.add("%s returned %d".formatted(bank.name(), answer.byteSize()));
          }

          @Override
          public void taken(String by, Bank bank, long address, MemorySegment value) {
            heard.add("%s took %d".formatted(bank.name(), value.byteSize()));
          }
        };
    memory.store(0x1004, bytes(1, 2), access, "p");
    memory.load(0x1000, bytes(0), access, "p");
    memory.store(BASE, bytes(1), access, "p");
    assertThat(heard)
        .containsExactly(
            "register took 2",
            "p stored 2 at 0x1004",
            "register returned 1",
            "p loaded 1 at 0x1000",
            "p stored 1 at 0x80000000");
    assertThat(memory.windowAccesses().threads()).isEmpty();
  }

  @Test
  void banks_ofARange_areThoseThatHaveAnAddressOfIt_theHighestFirst() throws Exception {
    memory.addMemory("low", new AddressRange(0x1000, 0x1000));
    memory.addMemory("middle", new AddressRange(0x2000, 0x1000));
    memory.addMemory("high", new AddressRange(0x4000, 0x1000));
    assertThat(memory.banksIn(new AddressRange(0x1fff, 2)))
        .extracting(Bank::name)
        .containsExactly("middle", "low");
    assertThat(memory.banksIn(new AddressRange(0x3000, 0x1000))).isEmpty();
    assertThat(memory.firstIn(new AddressRange(0x3000, 0x1001))).map(Bank::name).contains("high");
    assertThat(memory.firstIn(new AddressRange(0x3000, 0x1000))).isEmpty();
    assertThat(memory.firstIn(new AddressRange(0x1000, 0x1000))).map(Bank::name).contains("low");
    assertThat(memory.bankAt(0x2fff)).map(Bank::name).contains("middle");
    assertThat(memory.bankAt(0x3000)).isEmpty();
    assertThat(memory.banks())
        .extracting(Bank::toString)
        .startsWith("low at 0x1000-0x2000")
        .endsWith("System RAM at 0x80000000-0x80004000");
  }

  @Test
  void memoryThatTheHostRefuses_isEnomemAndSaysHowMuch() {
    ErrnoException refused = failureOf(() -> memory.allocate("a device", 3L << 60));
    assertThat(refused.errno()).isEqualTo(Errno.ENOMEM);
    assertThat(refused).hasMessage("the host refuses 3072 PiB of memory for a device");
    assertThat(failureOf(() -> memory.allocate("a device", (1L << 62) + 1024)))
        .hasMessageContaining(" KiB of memory");
  }

  @Test
  void ramAt_ofWhatIsNoRam_saysWhatWasExpected() {
    assertThatThrownBy(() -> memory.ramAt(BASE + 0x3fff, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0x80003fff: expected 2 bytes of RAM, found none");
  }

  @Test
  void access_overTwoBanksThatTouch_reachesBoth() throws Exception {
    MemorySegment low = memory.addMemory("low", new AddressRange(BASE - 0x1000, 0x1000));
    memory.store(BASE - 1, bytes(1, 2));
    assertThat(low.get(ValueLayout.JAVA_BYTE, 0xfff)).isEqualTo((byte) 1);
    assertThat(memory.at(BASE - 1, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
    MemorySegment loaded = bytes(0, 0);
    memory.load(BASE - 1, loaded);
    assertThat(loaded.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
    assertThat(memory.ramAt(BASE, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 2);
    MemoryFault apart = catchThrowableOfType(MemoryFault.class, () -> memory.at(BASE - 1, 2));
    assertThat(apart.address()).isEqualTo(BASE);
    assertThat(apart)
        .hasMessageContaining("2 bytes at address 0x7fffffff are not in one piece: low");
  }

  @Test
  void fault_namesTheFirstAddressAtWhichNothingAnswers() {
    MemoryFault fault =
        catchThrowableOfType(
            MemoryFault.class, () -> memory.load(BASE + 0x3ffe, bytes(0, 0, 0, 0)));
    assertThat(fault.address()).isEqualTo(BASE + 0x4000);
    assertThatThrownBy(() -> memory.load(0, bytes(0))).isInstanceOf(MemoryFault.class);
    assertThatThrownBy(() -> memory.load(-1, bytes(0))).isInstanceOf(MemoryFault.class);
  }

  @Test
  void claim_whereSomethingAnswers_isEbusy() throws Exception {
    memory.addMemory("first", new AddressRange(0x1000, 0x1000));
    assertErrno(Errno.EBUSY, () -> memory.addMemory("second", new AddressRange(0x1fff, 0x1000)));
    assertErrno(Errno.EBUSY, () -> memory.addMemory("ram", new AddressRange(BASE, 1)));
    memory.remove(new AddressRange(0x1000, 0x1000));
    memory.addMemory("second", new AddressRange(0x1fff, 0x1000));
  }

  @Test
  void window_whereSomethingAnswers_isEbusy_andTheFirstGoesOnAnswering() throws Exception {
    AddressRange range = new AddressRange(0x1000, 16);
    Bank first = memory.window("first", range, new Register(), this);
    memory.add(first);
    Bank second = memory.window("second", range, new Register(), this);
    assertErrno(Errno.EBUSY, () -> memory.add(second));
    assertThat(memory.bankAt(0x1000)).containsSame(first);
  }

  @Test
  void claim_whereSomethingAnswers_isEbusy_beforeTheHostIsAskedForMemory() {
    AddressRange moreThanTheHostHas = new AddressRange(0x1000, 3L << 60);
    assertErrno(Errno.EBUSY, () -> memory.addMemory("large", moreThanTheHostHas));
  }

  @Test
  void claim_withAWindowOfAnotherSize_isEinval() {
    assertErrno(
        Errno.EINVAL,
        () -> memory.window("register", new AddressRange(0x1000, 32), new Register(), this));
    assertThat(memory.bankAt(0x1000)).isEmpty();
  }

  @Test
  void userMemory_whereThereIsNone_isEfault() {
    assertErrno(Errno.EFAULT, () -> memory.asUserMemory().at(0x1000, 1));
  }
}
