package dev.nommu.kernel.sanitizer;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.sanitizer.Finding.Kind;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads and stores that nothing prevents and that are wrong. */
final class AccessFindingsTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @RegisterExtension final Machines machines = new Machines();

  private final Findings findings = new Findings(machines);
  private final FakeDevice device = new FakeDevice();

  private TaskCalls boot() {
    return new TaskCalls(findings.boot(Profile.DOCUMENT, device).init());
  }

  private static long mapHere(TaskCalls p) throws ErrnoException {
    return p.anonymous(2 * PAGE);
  }

  private static void unmapHere(TaskCalls p, long address) throws ErrnoException {
    p.task().munmap(address, 2 * PAGE);
  }

  private static void storeHere(TaskCalls p, long address) {
    p.store(address, (byte) 1);
  }

  @Test
  void storeToAnotherProcess_isStrayWithTheStackOfItsMmap() throws Exception {
    TaskCalls p = boot();
    TaskCalls other = p.other();
    long theirs = mapHere(other);
    storeHere(p, theirs + 5);
    Finding finding = findings.only(Kind.STRAY_STORE);
    assertThat(finding.addresses()).contains(new AddressRange(theirs + 5, 1));
    assertThat(finding.where()).startsWith("%x-".formatted(theirs));
    assertThat(finding.act().by()).isEqualTo("stored by init[1]");
    assertThat(finding.other().by()).isEqualTo("mapped by other[%d]", other.task().pid());
    assertThat(Findings.calls(finding.act())).startsWith("store").contains("storeHere");
    assertThat(Findings.calls(finding.act())).doesNotContain("mapHere");
    assertThat(Findings.calls(finding.other())).contains("mmap", "mapHere");
    assertThat(Findings.calls(finding.other())).doesNotContain("storeHere");
  }

  @Test
  void storeOverTheEndOfAMapping_isStrayFromThereOn() throws Exception {
    TaskCalls p = boot();
    long end = mapHere(p) + 2 * PAGE;
    p.store(end - 1, (byte) 1, (byte) 2, (byte) 3);
    Finding finding = findings.only(Kind.STRAY_STORE);
    assertThat(finding.addresses()).contains(new AddressRange(end, 2));
    assertThat(finding.where()).startsWith("no mapping; 0x0 bytes away is");
    assertThat(Findings.calls(finding.other())).contains("mapHere");
  }

  @Test
  void storeOfAWord_isStrayToo() throws Exception {
    TaskCalls p = boot();
    p.task().words().store32(mapHere(p) + 2 * PAGE, 7);
    findings.only(Kind.STRAY_STORE);
  }

  @Test
  void storeToAPageOfAPlugin_isStrayWithTheStackOfItsAllocation() {
    TaskCalls p = boot();
    storeHere(p, device.base());
    Finding finding = findings.only(Kind.STRAY_STORE);
    assertThat(finding.other().by()).isEqualTo("allocated by plugin " + FakeDevice.class.getName());
    assertThat(Findings.calls(finding.other())).contains("allocateRun", "init");
  }

  @Test
  void pageOfAFileThatOnlyAnotherHasMapped_isNotToBeStored() throws Exception {
    TaskCalls p = boot();
    TaskCalls other = p.other();
    int file = other.gathered("/tmp/file", PAGE);
    long theirs = other.map(file, PAGE, READ_WRITE, MAP_SHARED);
    storeHere(other, theirs);
    assertThat(findings.all()).isEmpty();
    storeHere(p, theirs);
    assertThat(findings.only(Kind.STRAY_STORE).where()).endsWith("/tmp/file");
  }

  @Test
  void callThatStoresForAProgram_isStrayAsItsOwnStoreIs() throws Exception {
    TaskCalls p = boot();
    int file = p.file("/tmp/file", new byte[PAGE]);
    long vector = vector(p, device.base());
    p.task().vectors().preadv(file, vector, 1, 0);
    Finding finding = findings.only(Kind.STRAY_STORE);
    assertThat(finding.addresses()).contains(new AddressRange(device.base(), 8));
    assertThat(Findings.calls(finding.act())).contains("preadv");
  }

  /** Puts a vector of one piece of eight bytes into memory. */
  private static long vector(TaskCalls p, long piece) throws Exception {
    long address = p.anonymous(PAGE);
    MemorySegment entry = MemorySegment.ofArray(new byte[16]);
    entry.set(WORD, 0, piece);
    entry.set(WORD, 8, 8);
    p.task().store(address, entry);
    return address;
  }

  @Test
  void loadOfWhateverIsThere_isNoFinding() throws Exception {
    TaskCalls p = boot();
    p.bytes(mapHere(p.other()), 4);
    p.bytes(device.base(), 4);
    p.task().vectors().pwritev(p.file("/tmp/file", new byte[8]), vector(p, device.base()), 1, 0);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void storeThatFails_isNoFinding() {
    TaskCalls p = boot();
    assertThatThrownBy(() -> p.task().store(0x10, MemorySegment.ofArray(new byte[4])))
        .isInstanceOf(MemoryFault.class);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void zeroedMemoryAskedForWithMapShared_isSharedByItsAddress() throws Exception {
    TaskCalls p = boot();
    TaskCalls other = p.other();
    int shared = MAP_SHARED | MAP_ANONYMOUS;
    storeHere(p, other.task().mmap(0, PAGE, READ_WRITE, shared, -1, 0));
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void storeAfterMunmap_isFoundWithTheStackOfIt() throws Exception {
    TaskCalls p = boot();
    long address = mapHere(p);
    unmapHere(p, address);
    storeHere(p, address + PAGE);
    Finding finding = findings.only(Kind.USE_AFTER_MUNMAP);
    assertThat(finding.addresses()).contains(new AddressRange(address + PAGE, 1));
    assertThat(finding.act().by()).isEqualTo("stored by init[1]");
    assertThat(finding.other().by()).isEqualTo("unmapped by init[1]");
    assertThat(Findings.calls(finding.act())).contains("storeHere");
    assertThat(Findings.calls(finding.other())).contains("munmap", "unmapHere");
  }

  @Test
  void loadAfterMunmap_isFoundToo_andSoIsAskingForTheMemory() throws Exception {
    TaskCalls p = boot();
    long address = mapHere(p);
    unmapHere(p, address);
    p.bytes(address, 4);
    findings.only(Kind.USE_AFTER_MUNMAP);
    p.task().memory(address, 4);
    assertThat(findings.all()).hasSize(2);
  }

  @Test
  void whatMunmapAndMremapCutOff_isNotToBeUsed() throws Exception {
    TaskCalls p = boot();
    long address = p.anonymous(4 * PAGE);
    p.task().munmap(address + PAGE, PAGE);
    p.bytes(address, 1);
    p.bytes(address + 2 * PAGE, 2 * PAGE);
    assertThat(findings.all()).isEmpty();
    p.bytes(address + PAGE, 1);
    findings.only(Kind.USE_AFTER_MUNMAP);
    p.task().mremap(address + 2 * PAGE, 2 * PAGE, PAGE, 0, 0);
    p.bytes(address + 3 * PAGE, 1);
    assertThat(findings.all()).hasSize(2);
    assertThat(Findings.calls(findings.all().getLast().other())).contains("mremap");
  }

  @Test
  void upperPartOfADividedMapping_wasMadeWhereTheWholeWas() throws Exception {
    TaskCalls p = boot();
    long address = p.anonymous(4 * PAGE);
    p.task().munmap(address + PAGE, PAGE);
    storeHere(p.other(), address + 2 * PAGE);
    assertThat(Findings.calls(findings.only(Kind.STRAY_STORE).other())).contains("mmap");
  }

  @Test
  void memoryThatIsMappedAgain_isUsedBeforeMunmap() throws Exception {
    TaskCalls p = boot();
    long address = mapHere(p);
    unmapHere(p, address);
    assertThat(mapHere(p)).isEqualTo(address);
    storeHere(p, address);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void munmapOfAnother_isNotOnesOwn() throws Exception {
    TaskCalls p = boot();
    TaskCalls other = p.other();
    long address = mapHere(other);
    unmapHere(other, address);
    p.bytes(address, 4);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void pagesThatTheFileLost_areStaleWithTheStackOfTheTruncate() throws Exception {
    TaskCalls p = new TaskCalls(findings.boot(Profile.LINUX_6_12).init());
    int file = p.gathered("/tmp/file", 3 * PAGE);
    long shown = p.map(file, 3 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().ftruncate(file, PAGE + 1);
    p.bytes(shown, 2 * PAGE);
    assertThat(findings.all()).isEmpty();
    p.bytes(shown + 2 * PAGE - 1, 2);
    Finding finding = findings.only(Kind.STALE_AFTER_TRUNCATE);
    assertThat(finding.where()).endsWith("/tmp/file");
    assertThat(finding.act().by()).isEqualTo("loaded by init[1]");
    assertThat(finding.other().by()).isEqualTo("truncated");
    assertThat(Findings.calls(finding.other())).contains("ftruncate");
  }

  @Test
  void copyOfWhatTheFileLost_isNotStale() throws Exception {
    TaskCalls p = new TaskCalls(findings.boot(Profile.LINUX_6_12).init());
    int file = p.gathered("/tmp/file", 2 * PAGE);
    long shown = p.map(file, 2 * PAGE, READ_WRITE, MAP_PRIVATE);
    p.task().ftruncate(file, 0);
    storeHere(p, shown + PAGE);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void whatHappenedLongAgo_isForgotten() {
    History<Integer> history = new History<>();
    for (int event = 0; event < History.MOST + 1; event++) {
      history.add(event);
    }
    assertThat(history.last(event -> event == 0)).isEmpty();
    assertThat(history.last(event -> event == 1)).isPresent();
  }
}
