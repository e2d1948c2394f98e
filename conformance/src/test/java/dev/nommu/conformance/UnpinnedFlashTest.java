package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import dev.nommu.api.AddressRange;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.inject.KernelModule;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.sanitizer.Finding;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.ManualClock;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Flash chips that a driver lets be mapped in place without keeping them in read mode: "if they're
 * in programming or erase mode, you might see the status reflected in the mapping, instead of the
 * data". The sanitizer tells of it.
 */
class UnpinnedFlashTest {
  private static final int SIZE = 0x80000;
  private static final int BLOCK = 0x40000;
  private static final byte[] READ_ARRAY = {(byte) 0xff, 0, (byte) 0xff, 0};
  private static final String DATA = "4e4f5221";
  private static final String BUSY = "00000000";

  /** Bit 7, ready, of each of the two chips. */
  private static final String READY = "80008000";

  private static final String ERASED = "ffffffff";
  private static final Duration ERASURE = Duration.ofMillis(1024);

  private final ManualClock clock = new ManualClock();
  private final RecordingSanitizer sanitizer = new RecordingSanitizer();
  private TestMachine machine;
  private Task task;
  private int file;
  private long address;

  @BeforeEach
  void boot() throws Exception {
    boot(sanitizer);
  }

  @AfterEach
  void shutDown() {
    machine.close();
  }

  private void boot(Sanitizer with) throws Exception {
    Board board = TestMachine.board(Path.of(""), "", UnpinnedFlashDriver.NODE);
    Module replaced =
        binder -> {
          binder.bind(Sanitizer.class).toInstance(with);
          binder.bind(MachineClock.class).toInstance(clock);
        };
    Module module = Modules.override(new KernelModule()).with(replaced);
    machine = new TestMachine(Guice.createInjector(module).getInstance(Kernel.class).boot(board));
    task = machine.init();
    file = task.open("/dev/unpinned", OpenFlags.O_RDWR);
    address = mapTheChips(task);
  }

  private long mapTheChips(Task by) throws Exception {
    return by.mmap(0, SIZE, PROT_READ, MAP_SHARED, file, 0);
  }

  private String readThroughTheMapping(long offset) throws MemoryFault {
    byte[] seen = new byte[4];
    task.load(address + offset, MemorySegment.ofArray(seen));
    return HexFormat.of().formatHex(seen);
  }

  private void startToErase(long offset) throws Exception {
    task.ioctl(file, UnpinnedFlashDriver.ERASE, offset);
  }

  @Test
  void flash01_whileTheChipsShowTheirArray_dataIsRead() throws Exception {
    assertThat(address).isEqualTo(UnpinnedFlashDriver.START);
    assertThat(readThroughTheMapping(0)).isEqualTo(DATA);
    assertThat(sanitizer.findings()).isEmpty();
  }

  @Test
  void flash02_whileTheChipsErase_statusIsReadAtAnyAddress() throws Exception {
    startToErase(0);
    assertThat(readThroughTheMapping(0)).isEqualTo(BUSY);
    assertThat(readThroughTheMapping(BLOCK)).isEqualTo(BUSY);
    clock.advance(ERASURE);
    assertThat(readThroughTheMapping(0)).isEqualTo(READY);
    assertThat(readThroughTheMapping(BLOCK)).isEqualTo(READY);
  }

  @Test
  void flash02_withoutSanitizer_theSameIsRead() throws Exception {
    machine.close();
    boot(Sanitizer.OFF);
    startToErase(0);
    assertThat(readThroughTheMapping(BLOCK)).isEqualTo(BUSY);
    clock.advance(ERASURE);
    assertThat(readThroughTheMapping(BLOCK)).isEqualTo(READY);
  }

  @Test
  void flash08_afterTheErasure_statusIsReadUntilTheArrayIsAskedFor() throws Exception {
    startToErase(0);
    clock.advance(ERASURE);
    assertThat(readThroughTheMapping(0)).isEqualTo(READY);
    task.store(address, MemorySegment.ofArray(READ_ARRAY));
    assertThat(readThroughTheMapping(0)).isEqualTo(ERASED);
    assertThat(readThroughTheMapping(BLOCK)).isEqualTo(DATA);
  }

  @Test
  void whileTheChipsErase_thereIsNoMemoryToBeHad() throws Exception {
    startToErase(0);
    assertThatThrownBy(() -> task.memory(address, 4)).isInstanceOf(MemoryFault.class);
  }

  @Test
  void flash11_statusRead_isFoundWithBothStacks() throws Exception {
    startToErase(0);
    clock.advance(ERASURE);
    readThroughTheMapping(BLOCK);
    assertThat(sanitizer.findings()).hasSize(1);
    Finding finding = sanitizer.findings().getFirst();
    assertThat(finding.kind()).isEqualTo(Finding.Kind.STATUS_LOADED);
    assertThat(finding.addresses())
        .contains(new AddressRange(UnpinnedFlashDriver.START + BLOCK, 4));
    assertThat(finding.what()).contains("flash@90000000", "returned 80 00 80 00");
    assertThat(finding.where()).startsWith("90000000-90080000 r--").endsWith("/dev/unpinned");
    assertThat(finding.act().by()).isEqualTo("accessed by init[1]");
    assertThat(finding.other().by()).isEqualTo("mapped by init[1]");
    assertThat(calls(finding.other())).contains("mmap", "mapTheChips", "boot");
    assertThat(calls(finding.other())).doesNotContain("readThroughTheMapping");
    assertThat(calls(finding.act()))
        .contains("load", "readThroughTheMapping", "flash11_statusRead_isFoundWithBothStacks");
    assertThat(calls(finding.act())).doesNotContain("mapTheChips");
  }

  private static Stream<String> calls(Finding.Trace trace) {
    return trace.calls().stream().map(StackTraceElement::getMethodName);
  }

  @Test
  void statusRead_isToldWithWhatWhereAndBothStacks() throws Exception {
    startToErase(0);
    clock.advance(ERASURE);
    readThroughTheMapping(0);
    assertThat(sanitizer.findings().getFirst().toString())
        .contains("status read through a mapping", "4 bytes at 0x90000000", "80 00 80 00")
        .contains("UnpinnedFlashTest.readThroughTheMapping(UnpinnedFlashTest.java:")
        .contains("UnpinnedFlashTest.mapTheChips(UnpinnedFlashTest.java:");
  }

  @Test
  void pollingAtOnePlace_isFoundOnce() throws Exception {
    startToErase(0);
    for (int i = 0; i < 1000; i++) {
      readThroughTheMapping(4L * i);
    }
    assertThat(sanitizer.findings()).hasSize(1);
    readThroughTheMapping(0);
    assertThat(sanitizer.findings()).hasSize(2);
  }

  @Test
  void readThatBeginsBeforeTheMapping_isFoundToo() throws Exception {
    task.munmap(address, SIZE);
    task.mmap(0, BLOCK, PROT_READ, MAP_SHARED, file, BLOCK);
    startToErase(0);
    task.load(address + BLOCK - 4, MemorySegment.ofArray(new byte[8]));
    assertThat(sanitizer.findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.STATUS_LOADED, Finding.Kind.USE_AFTER_MUNMAP);
  }

  @Test
  void readWithoutAMapping_isNotThroughOne() throws Exception {
    Task other = task.spawn("other");
    startToErase(0);
    other.load(address, MemorySegment.ofArray(new byte[4]));
    assertThat(sanitizer.findings()).isEmpty();
    task.munmap(address, SIZE);
    readThroughTheMapping(0);
    assertThat(sanitizer.findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.USE_AFTER_MUNMAP);
  }

  @Test
  void readOfSomeoneElse_isFoundWithTheMappingOfHisOwn() throws Exception {
    Task other = task.spawn("other");
    mapAnotherTime(other);
    startToErase(0);
    other.load(address, MemorySegment.ofArray(new byte[4]));
    assertThat(sanitizer.findings()).hasSize(1);
    assertThat(calls(sanitizer.findings().getFirst().other())).contains("mapAnotherTime");
  }

  private void mapAnotherTime(Task by) throws Exception {
    by.mmap(0, SIZE, PROT_READ, MAP_SHARED, file, 0);
  }

  @Test
  void flash10_storeThroughTheMapping_isACommandAndIsFound() throws Exception {
    byte[] readStatus = {0x70, 0, 0x70, 0};
    task.store(address, MemorySegment.ofArray(readStatus));
    assertThat(sanitizer.findings()).hasSize(1);
    Finding finding = sanitizer.findings().getFirst();
    assertThat(finding.kind()).isEqualTo(Finding.Kind.COMMAND_STORED);
    assertThat(finding.what()).endsWith("was given 70 00 70 00");
    assertThat(readThroughTheMapping(0)).isEqualTo(READY);
  }
}
