package dev.nommu.kernel.exec;

import static dev.nommu.kernel.exec.ElfImage.ET_EXEC;
import static dev.nommu.kernel.exec.ElfImage.PT_DYNAMIC;
import static dev.nommu.kernel.exec.ElfImage.PT_LOAD;
import static dev.nommu.kernel.exec.ElfImage.R;
import static dev.nommu.kernel.exec.ElfImage.W;
import static dev.nommu.kernel.exec.ElfImage.X;
import static dev.nommu.kernel.exec.ElfImage.filled;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.LoadMap;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** FDPIC and position-independent ELF, laid out by section EXEC. */
final class ElfTest {
  private static final byte[] TEXT = filled(0x200, 0x11);
  private static final byte[] DATA = filled(0x180, 0x22);

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init() {
    return new TaskCalls(machines.boot(Profile.DOCUMENT).init());
  }

  /** Text at 0x10200, data at 0x2f100, in the file at 0x1200 and 0x2100. */
  private static ElfImage independent() {
    return segments(ElfImage.fdpic());
  }

  private static ElfImage segments(ElfImage image) {
    return image
        .entry(0x10204)
        .load(R | X, 0x1200, 0x10200, TEXT.length, TEXT)
        .load(R | W, 0x2100, 0x2f100, 0x900, DATA);
  }

  private static TaskCalls run(TaskCalls p, ElfImage file) throws Exception {
    Exec.install(p, "/elf", file.bytes());
    return Exec.child(p, "/elf", "elf");
  }

  private static Mapping mapping(TaskCalls p, long address) {
    return p.task().mapping(address).orElseThrow();
  }

  private static LoadMap.Segment segment(TaskCalls p, int index) {
    return Exec.image(p).loadMap().orElseThrow().segments().get(index);
  }

  private static void assertEnoexec(TaskCalls p, ElfImage file, String why) throws Exception {
    Exec.install(p, "/elf", file.bytes());
    long mapped = p.anonymous(PAGE);
    assertThat(failureOf(() -> Exec.run(p, "/elf", "elf")))
        .hasMessageContaining(why)
        .matches(failure -> failure.errno() == Errno.ENOEXEC);
    assertThat(p.task().mapping(mapped)).isPresent();
  }

  private static void assertKilled(TaskCalls p, ElfImage file, Errno errno, String why)
      throws Exception {
    Exec.install(p, "/elf", file.bytes());
    TaskCalls child = p.other();
    assertThat(failureOf(() -> Exec.run(child, "/elf", "elf")))
        .hasMessageContaining(why)
        .matches(failure -> failure.errno() == errno);
    assertThat(child.task().status()).contains(new WaitStatus.Signaled(Signal.SIGSEGV));
  }

  @Test
  void exec06_fixedAddresses_areEnoexec() throws Exception {
    assertEnoexec(init(), segments(ElfImage.pie()).type(ET_EXEC), "expected FDPIC or ET_DYN");
  }

  @Test
  void exec06_relocatableFile_isEnoexec() throws Exception {
    assertEnoexec(init(), independent().type(1), "expected ET_EXEC or ET_DYN, found e_type 1");
  }

  @Test
  void exec06_foreignMachine_isEnoexec() throws Exception {
    byte[] file = independent().bytes();
    file[18] = 62;
    TaskCalls p = init();
    Exec.install(p, "/x86", file);
    assertErrno(Errno.ENOEXEC, () -> Exec.run(p, "/x86", "x86"));
  }

  @Test
  void exec06_programHeadersBeyondTheFile_areEnoexec() throws Exception {
    byte[] file = independent().bytes();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(28, file.length - 40);
    TaskCalls p = init();
    Exec.install(p, "/cut", file);
    assertThat(failureOf(() -> Exec.run(p, "/cut", "cut")))
        .hasMessageContaining("the file ends before its program headers");
  }

  @Test
  void exec06_noLoad_isElibbad() throws Exception {
    assertKilled(init(), ElfImage.fdpic().stack(R | W, 8192), Errno.ELIBBAD, "no PT_LOAD");
  }

  @Test
  void exec06_interpreterThatIsNoElf_isElibbadAndChangesNothing() throws Exception {
    TaskCalls p = init();
    Exec.install(p, "/ld.so", "not an ELF".getBytes());
    Exec.install(p, "/elf", independent().interpreter(0x900, "/ld.so").bytes());
    long mapped = p.anonymous(PAGE);
    assertErrno(Errno.ELIBBAD, "EXEC-06", () -> Exec.run(p, "/elf", "elf"));
    assertThat(p.task().mapping(mapped)).isPresent();
  }

  @Test
  void exec06_interpreterThatIsNotThere_isEnoent() throws Exception {
    TaskCalls p = init();
    Exec.install(p, "/elf", independent().interpreter(0x900, "/ld.so").bytes());
    assertErrno(Errno.ENOENT, () -> Exec.run(p, "/elf", "elf"));
    Exec.install(p, "/nothing", independent().interpreter(0x900, "").bytes());
    assertErrno(Errno.ENOENT, () -> Exec.run(p, "/nothing", "nothing"));
  }

  @Test
  void exec06_dynamicSectionThatDoesNotEnd_isElibbad() throws Exception {
    ElfImage endless = independent().header(PT_DYNAMIC, R | W, 0x2100, 0x2f100, 16, 16);
    assertKilled(init(), endless, Errno.ELIBBAD, "DT_NULL, found tag 0x22222222");
    ElfImage odd = independent().header(PT_DYNAMIC, R | W, 0x2100, 0x2f100, 12, 12);
    assertKilled(init(), odd, Errno.ELIBBAD, "entries of 8 bytes, found 12");
    ElfImage sound = independent().header(PT_DYNAMIC, R | W, 0x2270, 0x2f270, 16, 0x20);
    run(init(), sound);
  }

  @Test
  void exec06_interpreter_isLoadedBesidesAndBegins() throws Exception {
    TaskCalls p = init();
    Exec.install(p, "/ld.so", segments(ElfImage.fdpic()).entry(0x10240).bytes());
    TaskCalls child = run(p, independent().interpreter(0x900, "/ld.so"));
    LoadMap interpreter = Exec.image(child).interpreterLoadMap().orElseThrow();
    assertThat(Exec.image(child).entry()).isEqualTo(interpreter.segments().get(0).address() + 0x40);
    assertThat(child.task().memoryMap().size()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void exec07_eachSegment_isAPrivateMappingOfThePagesAroundIt(Profile profile) throws Exception {
    TaskCalls child = run(new TaskCalls(machines.boot(profile).init()), independent());
    LoadMap.Segment text = segment(child, 0);
    LoadMap.Segment data = segment(child, 1);
    assertThat(text.address() % PAGE).isEqualTo(0x200);
    assertThat(data.address() % PAGE).isEqualTo(0x100);
    assertThat(mapping(child, text.address()).toString())
        .contains(" r-xp 00001000 ")
        .endsWith("/elf");
    assertThat(mapping(child, data.address()).toString())
        .contains(" rw-p 00002000 ")
        .endsWith("/elf");
    assertThat(child.bytes(text.address(), TEXT.length)).isEqualTo(TEXT);
    assertThat(child.bytes(data.address(), DATA.length)).isEqualTo(DATA);
    assertThat(Exec.image(child).entry()).isEqualTo(text.address() + 4);
  }

  @Test
  void exec07_twoProcesses_shareTextAndNotData() throws Exception {
    TaskCalls p = init();
    TaskCalls one = run(p, independent());
    TaskCalls other = Exec.child(p, "/elf", "elf");
    assertThat(segment(other, 0).address()).isEqualTo(segment(one, 0).address());
    assertThat(segment(other, 1).address()).isNotEqualTo(segment(one, 1).address());
    one.store(segment(one, 1).address(), "changed");
    assertThat(other.bytes(segment(other, 1).address(), DATA.length)).isEqualTo(DATA);
  }

  @Test
  void exec07_bytesAroundAWritableSegment_areCleared() throws Exception {
    ElfImage file = independent().content(0x2000, filled(0x100, 7)).content(0x2280, filled(99, 7));
    TaskCalls child = run(init(), file);
    LoadMap.Segment data = segment(child, 1);
    assertThat(child.bytes(data.address() - 0x100, 0x100)).containsOnly(0);
    assertThat(child.bytes(data.address() + DATA.length, 0x900 - DATA.length)).containsOnly(0);
  }

  @Test
  void exec07_tailOfAReadOnlySegment_isClearedInPlace() throws Exception {
    ElfImage file =
        ElfImage.fdpic()
            .entry(0x10200)
            .load(R | X, 0x1200, 0x10200, TEXT.length + 16, TEXT)
            .content(0x1200 + TEXT.length, filled(32, 7));
    TaskCalls child = run(init(), file);
    long end = segment(child, 0).address() + TEXT.length;
    assertThat(child.bytes(end, 16)).containsOnly(0);
    assertThat(child.bytes(end + 16, 16)).containsOnly(7);
  }

  @Test
  void exec07_segmentWhoseOffsetAndAddressDisagree_isEinval() throws Exception {
    ElfImage file = ElfImage.fdpic().load(R | X, 0x1300, 0x10200, TEXT.length, TEXT);
    assertKilled(init(), file, Errno.EINVAL, "MMAP-02");
  }

  @Test
  void exec08_constantDisplacement_isOneBlockWithTheDistancesKept() throws Exception {
    TaskCalls child = run(init(), segments(ElfImage.pie()));
    LoadMap.Segment text = segment(child, 0);
    LoadMap.Segment data = segment(child, 1);
    assertThat(data.address() - text.address()).isEqualTo(0x2f100 - 0x10200);
    Mapping block = mapping(child, text.address());
    assertThat(block.toString()).contains(" rwxp ");
    assertThat(block.region().kind()).isEqualTo(RegionKind.ANONYMOUS);
    assertThat(block.start()).isEqualTo(text.address());
    assertThat(data.address()).isLessThan(block.end());
    assertThat(child.bytes(text.address(), TEXT.length)).isEqualTo(TEXT);
    assertThat(child.bytes(data.address(), DATA.length)).isEqualTo(DATA);
    assertThat(child.bytes(data.address() + DATA.length, 0x900 - DATA.length)).containsOnly(0);
  }

  @Test
  void exec08_fdpicThatSaysSo_keepsItsDistances() throws Exception {
    TaskCalls child = run(init(), independent().flags(0x20));
    assertThat(segment(child, 1).address() - segment(child, 0).address())
        .isEqualTo(0x2f100 - 0x10200);
  }

  @Test
  void exec08_segmentsTooFarApart_areEnomem() throws Exception {
    ElfImage far =
        ElfImage.pie()
            .load(R | X, 0x1000, 0, TEXT.length, TEXT)
            .header(PT_LOAD, R | W, 0x1000, 0x7000_0000_0000L, 16, 16);
    assertKilled(init(), far, Errno.ENOMEM, "in one piece");
  }

  @ParameterizedTest
  @CsvSource({"0, 0x20000", "1, 0x2000", "0x3001, 0x4000"})
  void exec09_stack_isOfTheSizeAskedForInPages(String asked, String expected) throws Exception {
    TaskCalls child = run(init(), independent().stack(R | W, Long.decode(asked)));
    Mapping stack = mapping(child, Exec.image(child).stackPointer());
    assertThat(stack.end() - stack.start()).isEqualTo(Long.decode(expected));
    assertThat(stack.toString()).contains(" rw-p ");
  }

  @Test
  void exec09_withoutAWish_theInterpretersCountsThen128KiB() throws Exception {
    TaskCalls p = init();
    Exec.install(p, "/ld.so", segments(ElfImage.fdpic()).stack(R | W, 0x5000).bytes());
    TaskCalls asked = run(p, independent().stack(R | W, 0x3000).interpreter(0x900, "/ld.so"));
    assertThat(stackSize(asked)).isEqualTo(0x3000);
    Exec.install(p, "/mute", independent().interpreter(0x900, "/ld.so").bytes());
    assertThat(stackSize(Exec.child(p, "/mute", "mute"))).isEqualTo(0x5000);
    Exec.install(p, "/none", independent().bytes());
    assertThat(stackSize(Exec.child(p, "/none", "none"))).isEqualTo(128 * 1024);
  }

  private static long stackSize(TaskCalls child) {
    Mapping stack = mapping(child, Exec.image(child).stackPointer());
    return stack.end() - stack.start();
  }

  @Test
  void exec09_stack_isExecutableOnlyIfAsked() throws Exception {
    TaskCalls child = run(init(), independent().stack(R | W | X, 0x4000));
    assertThat(mapping(child, Exec.image(child).stackPointer()).toString()).contains(" rwxp ");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void exec10_mapsOfText_saySoWithPrivateLetters(Profile profile) throws Exception {
    TaskCalls child = run(new TaskCalls(machines.boot(profile).init()), independent());
    List<String> ofFile = child.maps().stream().filter(line -> line.endsWith("/elf")).toList();
    assertThat(ofFile).hasSize(2).allMatch(line -> line.matches("\\S+ r[w-][x-]p .*"));
  }

  @Test
  void brk02_heapOfAnElf_hasNoSizeAndBeginsWithTheStack() throws Exception {
    TaskCalls child = run(init(), independent());
    LoadedImage image = Exec.image(child);
    assertThat(image.startBrk()).isEqualTo(mapping(child, image.stackPointer()).start());
    assertThat(child.task().brk(image.startBrk() + 1)).isEqualTo(image.startBrk());
  }

  @Test
  void brk03_accessBelowTheStack_doesNotMakeItGrow() throws Exception {
    TaskCalls child = run(init(), independent());
    Mapping stack = mapping(child, Exec.image(child).stackPointer());
    List<String> before = child.maps();
    child.store(stack.start() - 8, "below");
    assertThat(child.maps()).isEqualTo(before);
  }

  @Test
  void loadMap32_isOnTheStackInLinuxsLayout() throws Exception {
    TaskCalls child = run(init(), independent());
    LoadMap map = Exec.image(child).loadMap().orElseThrow();
    ByteBuffer bytes = words(child, map.address(), 4 + 2 * 12);
    assertThat(bytes.getShort()).as("version").isZero();
    assertThat(bytes.getShort()).as("segments").isEqualTo((short) 2);
    for (LoadMap.Segment segment : map.segments()) {
      assertThat(bytes.getInt()).isEqualTo((int) segment.address());
      assertThat(bytes.getInt()).isEqualTo((int) segment.virtualAddress());
      assertThat(bytes.getInt()).isEqualTo((int) segment.size());
    }
  }

  @Test
  void loadMap64_isOnTheStackInLinuxsLayout() throws Exception {
    TaskCalls child = run(init(), segments(ElfImage.pie()));
    LoadMap map = Exec.image(child).loadMap().orElseThrow();
    ByteBuffer bytes = words(child, map.address(), 8 + 2 * 24);
    assertThat(bytes.getShort()).as("version").isZero();
    assertThat(bytes.getShort()).as("segments").isEqualTo((short) 2);
    assertThat(bytes.getInt()).as("padding").isZero();
    for (LoadMap.Segment segment : map.segments()) {
      assertThat(bytes.getLong()).isEqualTo(segment.address());
      assertThat(bytes.getLong()).isEqualTo(segment.virtualAddress());
      assertThat(bytes.getLong()).as("32 bits and padding").isEqualTo(segment.size());
    }
  }

  private static ByteBuffer words(TaskCalls p, long address, int length) {
    return ByteBuffer.wrap(p.bytes(address, length)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
