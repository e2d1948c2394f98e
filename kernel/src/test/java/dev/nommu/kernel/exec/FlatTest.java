package dev.nommu.kernel.exec;

import static dev.nommu.kernel.exec.FlatFile.GOTPIC;
import static dev.nommu.kernel.exec.FlatFile.GZDATA;
import static dev.nommu.kernel.exec.FlatFile.GZIP;
import static dev.nommu.kernel.exec.FlatFile.HEADER;
import static dev.nommu.kernel.exec.FlatFile.RAM;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Shortage;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flat files, laid out by sections EXEC and BRK. */
final class FlatTest {
  private static final byte[] TEXT = TaskCalls.pattern(PAGE + 100);
  private static final byte[] DATA = TaskCalls.pattern(3000);

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init() {
    return new TaskCalls(machines.boot(Profile.DOCUMENT).init());
  }

  private static FlatFile hello() {
    return new FlatFile().text(TEXT).data(DATA).bss(2000).stack(5000);
  }

  private static TaskCalls run(TaskCalls p, FlatFile file) throws Exception {
    Exec.install(p, "/hello", file.bytes());
    return Exec.child(p, "/hello", "hello");
  }

  private static Mapping mapping(TaskCalls p, long address) {
    return p.task().mapping(address).orElseThrow();
  }

  private static int word(TaskCalls p, long address) {
    return ByteBuffer.wrap(p.bytes(address, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  @Test
  void exec02_headerIsPartOfTextAndEntryCountsFromIt() throws Exception {
    TaskCalls child = run(init(), hello().entry(HEADER + 8));
    long entry = Exec.image(child).entry();
    Mapping text = mapping(child, entry);
    assertThat(entry - text.start()).isEqualTo(HEADER + 8);
    assertThat(child.bytes(text.start(), 4)).isEqualTo("bFLT".getBytes());
    assertThat(child.bytes(text.start() + HEADER, TEXT.length)).isEqualTo(TEXT);
  }

  @Test
  void exec03_whatCannotBeAFlatFile_isEnoexecAndChangesNothing() throws Exception {
    TaskCalls p = init();
    long mapped = p.anonymous(PAGE);
    List<byte[]> wrong =
        List.of(
            hello().revision(3).bytes(),
            hello().revision(2).bytes(),
            hello().bss(1 << 28).bytes(),
            hello().bss(-DATA.length - 1).bytes(),
            hello().stack(1 << 28).bytes(),
            hello().stack(-1).bytes(),
            "bFLU".getBytes());
    for (byte[] bytes : wrong) {
      Exec.install(p, "/wrong", bytes);
      assertErrno(Errno.ENOEXEC, () -> Exec.run(p, "/wrong", "wrong"));
      p.task().tree().unlink("/wrong");
    }
    assertThat(p.task().mapping(mapped)).isPresent();
    assertThat(p.task().name()).isEqualTo("init");
  }

  @Test
  void exec03_enoexec_saysWhatWasExpectedAndFound() throws Exception {
    TaskCalls p = init();
    Exec.install(p, "/old", hello().revision(2).bytes());
    assertThat(failureOf(() -> Exec.run(p, "/old", "old")))
        .hasMessageContaining("/old")
        .hasMessageContaining("flat: expected revision 4, found 2")
        .hasMessageContaining("elf_fdpic: expected")
        .hasMessageContaining("script: expected");
  }

  @Test
  void exec03_dataAndBssBeyondTheLimit_isEnomemAndChangesNothing() throws Exception {
    TaskCalls p = init();
    long mapped = p.anonymous(PAGE);
    Exec.install(p, "/hello", hello().bytes());
    p.task().processes().limitData(DATA.length + 2000 - 1);
    assertErrno(Errno.ENOMEM, "EXEC-03", () -> Exec.run(p, "/hello", "hello"));
    assertThat(p.task().mapping(mapped)).isPresent();
    assertErrno(Errno.ENOMEM, "EXEC-03", () -> Exec.child(p, "/hello", "hello"));
    p.task().processes().limitData(DATA.length + 2000);
    Exec.child(p, "/hello", "hello");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void exec04_textIsAPrivateMappingOfTheFileAndDataIsAnonymous(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    TaskCalls child = run(p, hello());
    Mapping text = mapping(child, Exec.image(child).entry());
    assertThat(text.toString()).contains(" r-xp 00000000 ").endsWith("/hello");
    assertThat(text.end() - text.start()).isEqualTo(2 * PAGE);
    assertThat(child.task().memoryMap().size()).isEqualTo(2);
    Mapping data = mapping(child, Exec.image(child).stackPointer());
    assertThat(data.toString()).contains(" rwxp ");
    assertThat(data.region().kind()).isEqualTo(RegionKind.ANONYMOUS);
    assertThat(child.bytes(data.start(), DATA.length)).isEqualTo(DATA);
  }

  @Test
  void exec04_twoProcesses_shareTextAndNotData() throws Exception {
    TaskCalls p = init();
    TaskCalls one = run(p, hello());
    TaskCalls other = Exec.child(p, "/hello", "hello");
    assertThat(Exec.image(other).entry()).isEqualTo(Exec.image(one).entry());
    assertThat(mapping(one, Exec.image(one).entry()).region().users()).hasSize(2);
    long data = mapping(one, Exec.image(one).startBrk()).start();
    long otherData = mapping(other, Exec.image(other).startBrk()).start();
    assertThat(otherData).isNotEqualTo(data);
    one.store(data, "changed");
    assertThat(other.bytes(otherData, DATA.length)).isEqualTo(DATA);
  }

  @Test
  void flags08_textOfATracedProcess_isSharedWithNobody() throws Exception {
    TaskCalls p = init();
    TaskCalls one = run(p, hello());
    TaskCalls traced = p.other();
    traced.task().ptrace().traceMe();
    Exec.run(traced, "/hello", "hello");
    Mapping text = mapping(traced, Exec.image(traced).entry());
    assertThat(text.start()).isNotEqualTo(mapping(one, Exec.image(one).entry()).start());
    assertThat(text.region().users()).hasSize(1);
    traced.task().exit();
  }

  @Test
  void exec04_ram_isOneAnonymousBlockSharedWithNobody() throws Exception {
    TaskCalls p = init();
    TaskCalls one = run(p, hello().flags(RAM));
    TaskCalls other = Exec.child(p, "/hello", "hello");
    Mapping block = mapping(one, Exec.image(one).entry());
    assertThat(one.task().memoryMap().size()).isEqualTo(1);
    assertThat(block.toString()).contains(" rwxp ");
    assertThat(block.region().kind()).isEqualTo(RegionKind.ANONYMOUS);
    assertThat(block.start()).isNotEqualTo(mapping(other, Exec.image(other).entry()).start());
    assertThat(one.bytes(block.start() + HEADER, TEXT.length)).isEqualTo(TEXT);
    assertThat(one.bytes(block.start() + HEADER + TEXT.length, DATA.length)).isEqualTo(DATA);
  }

  @Test
  void exec04_gzip_isLoadedLikeRam() throws Exception {
    FlatFile file = hello().data(0, HEADER + 4, 8).relocations(TEXT.length + 4);
    TaskCalls plain = run(init(), file.flags(RAM));
    TaskCalls packed = run(init(), file.flags(GZIP));
    long start = mapping(plain, Exec.image(plain).entry()).start();
    long packedStart = mapping(packed, Exec.image(packed).entry()).start();
    int length = (int) (Exec.image(plain).startBrk() - start) - HEADER;
    assertThat(packed.task().memoryMap().size()).isEqualTo(1);
    assertThat(packedStart).isEqualTo(start);
    assertThat(packed.bytes(start + HEADER, length)).isEqualTo(plain.bytes(start + HEADER, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {GZDATA, GZDATA | RAM})
  void exec04_gzdata_inflatesDataAlone(int flags) throws Exception {
    TaskCalls child = run(init(), hello().flags(flags));
    LoadedImage image = Exec.image(child);
    assertThat(child.task().memoryMap().size()).isEqualTo((flags & RAM) == 0 ? 2 : 1);
    assertThat(child.bytes(image.entry(), TEXT.length)).isEqualTo(TEXT);
    long data = image.startBrk() - 2000 - DATA.length;
    assertThat(child.bytes(data, DATA.length)).isEqualTo(DATA);
  }

  @Test
  void exec05_bssHeapAndStack_areZeroed() throws Exception {
    int[] relocations = new int[700];
    Arrays.fill(relocations, TEXT.length);
    TaskCalls child = run(init(), hello().data(0, 0).relocations(relocations));
    LoadedImage image = Exec.image(child);
    long bss = image.startBrk() - 2000;
    assertThat(child.bytes(bss, (int) (image.stackPointer() - bss))).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void exec05_mappingFails_withItsErrnoAndWhatWasMappedIsGone(int mappings) throws Exception {
    Board board = TestBoard.withMebibytes(8).build();
    Shortage shortage = Machines.shortage(board);
    Machine machine = machines.bootWithShortage(board, Profile.DOCUMENT, shortage);
    TaskCalls p = new TaskCalls(machine.init());
    Exec.install(p, "/hello", hello().bytes());
    TaskCalls child = p.other();
    shortage.after(mappings);
    assertErrno(Errno.ENOMEM, () -> Exec.run(child, "/hello", "hello"));
    assertThat(child.task().status()).contains(new WaitStatus.Signaled(Signal.SIGSEGV));
    assertThat(machine.regions()).isEmpty();
    shortage.over();
  }

  @Test
  void exec05_relocations_becomeAddressesOfTextDataAndBss() throws Exception {
    int data = TEXT.length;
    TaskCalls child =
        run(
            init(),
            hello()
                .data(0, 16, data + 8, data + 20 + 100, 0xabcd)
                .relocations(data, data + 4, data + 8, data + 12));
    LoadedImage image = Exec.image(child);
    long start = image.startBrk() - 2000 - 20;
    assertThat(word(child, start)).as("zero stays zero").isZero();
    assertThat(word(child, start + 4)).as("text").isEqualTo((int) image.entry() + 16);
    assertThat(word(child, start + 8)).as("data").isEqualTo((int) start + 8);
    assertThat(word(child, start + 12)).as("bss").isEqualTo((int) start + 20 + 100);
    assertThat(child.bytes(start + 16, 4)).as("untouched").containsExactly(0, 0, 0xab, 0xcd);
  }

  @Test
  void exec05_relocationsInText_wantItInRam() throws Exception {
    byte[] text = {0, 0, 0, 16};
    TaskCalls child = run(init(), hello().text(text).flags(RAM).relocations(0));
    LoadedImage image = Exec.image(child);
    long data = image.startBrk() - 2000 - DATA.length;
    assertThat(word(child, image.entry())).isEqualTo((int) data + 16 - text.length);
    TaskCalls p = init();
    Exec.install(p, "/inplace", hello().text(text).relocations(0).bytes());
    assertKilled(p, "/inplace", "in place");
  }

  @Test
  void exec05_gotpic_tableOfAddressesEndsInMinusOne() throws Exception {
    int[] table = {0, 0x10, Integer.reverseBytes(TEXT.length), -1, 0x20};
    table[1] = Integer.reverseBytes(table[1]);
    TaskCalls child = run(init(), hello().data(table).flags(GOTPIC));
    LoadedImage image = Exec.image(child);
    long start = image.startBrk() - 2000 - 20;
    assertThat(word(child, start)).isZero();
    assertThat(word(child, start + 4)).isEqualTo((int) image.entry() + 0x10);
    assertThat(word(child, start + 8)).isEqualTo((int) start);
    assertThat(word(child, start + 12)).isEqualTo(-1);
    assertThat(child.bytes(start + 16, 4)).containsExactly(0, 0, 0, 0x20);
  }

  @Test
  void exec05_gotpic_relocatedWordsAreTheMachines() throws Exception {
    TaskCalls child =
        run(
            init(),
            hello()
                .data(-1, Integer.reverseBytes(0x10))
                .flags(GOTPIC)
                .relocations(TEXT.length + 4));
    LoadedImage image = Exec.image(child);
    assertThat(word(child, image.startBrk() - 2000 - 4)).isEqualTo((int) image.entry() + 0x10);
  }

  @Test
  void exec05_badRelocation_killsWithSigsegv() throws Exception {
    TaskCalls p = init();
    int end = TEXT.length + DATA.length + 2000;
    Exec.install(p, "/offset", hello().relocations(end + 1).bytes());
    assertKilled(p, "/offset", "outside of the program");
    Exec.install(p, "/value", hello().data(end + 1).relocations(TEXT.length).bytes());
    assertKilled(p, "/value", "outside of the program");
    Exec.install(p, "/got", hello().bss(0).data(0x7fffffff).flags(GOTPIC).bytes());
    assertKilled(p, "/got", "outside of the program");
    Exec.install(p, "/endless", hello().data(new byte[PAGE]).flags(GOTPIC).bytes());
    assertKilled(p, "/endless", "does not end in -1");
  }

  @Test
  void exec05_brokenCompression_killsWithSigsegv() throws Exception {
    TaskCalls p = init();
    byte[] cut = hello().flags(GZIP).bytes();
    Exec.install(p, "/cut", Arrays.copyOf(cut, cut.length - 40));
    assertKilled(p, "/cut", "before the stream does");
    byte[] plain = hello().bytes();
    ByteBuffer.wrap(plain).putInt(36, GZIP);
    Exec.install(p, "/plain", plain);
    assertKilled(p, "/plain", "gzip member");
    byte[] longer = hello().data(new byte[100_000]).flags(GZDATA).bytes();
    ByteBuffer.wrap(longer).putInt(16, HEADER + TEXT.length + 10);
    ByteBuffer.wrap(longer).putInt(20, HEADER + TEXT.length + 10);
    Exec.install(p, "/longer", longer);
    assertKilled(p, "/longer", "more data than");
  }

  private static void assertKilled(TaskCalls p, String path, String why) throws Exception {
    TaskCalls child = p.other();
    assertThat(failureOf(() -> Exec.run(child, path, path)))
        .hasMessageContaining(path)
        .hasMessageContaining(why)
        .matches(failure -> failure.errno() == Errno.ENOEXEC);
    assertThat(child.task().status()).contains(new WaitStatus.Signaled(Signal.SIGSEGV));
  }

  @Test
  void brk02_heapIsBetweenBssAndStack() throws Exception {
    TaskCalls child = run(init(), hello());
    LoadedImage image = Exec.image(child);
    Mapping data = mapping(child, image.stackPointer());
    assertThat(image.startBrk()).isEqualTo(data.start() + DATA.length + 2000);
    // The stack has room for "hello" twice, eight zero bytes, and the addresses of the strings.
    long strings = 2 * "hello".length() + 3 + 8;
    long stack = (5000 + strings + 3 * 8 + 15) / 16 * 16;
    assertThat(image.endBrk()).isEqualTo(data.end() - stack);
    assertThat(image.stackPointer()).isGreaterThan(image.endBrk());
  }

  @Test
  void brk01_heapOfAProgram_movesBetweenItsBounds() throws Exception {
    TaskCalls child = run(init(), hello());
    LoadedImage image = Exec.image(child);
    assertThat(child.task().brk(0)).isEqualTo(image.startBrk());
    assertThat(child.task().brk(image.endBrk())).isEqualTo(image.endBrk());
    assertThat(child.task().brk(image.endBrk() + 1)).isEqualTo(image.endBrk());
    assertThat(child.task().brk(image.startBrk())).isEqualTo(image.startBrk());
    assertThat(child.task().brk(image.startBrk() - 1)).isEqualTo(image.startBrk());
  }
}
