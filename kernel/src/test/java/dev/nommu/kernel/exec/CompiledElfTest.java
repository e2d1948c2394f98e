package dev.nommu.kernel.exec;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nommu.api.Errno;
import dev.nommu.api.LoadMap;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Profile;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Position-independent executables built by Debian's compiler for RISC-V. The expected values come
 * from another ELF reader, jelf.
 */
final class CompiledElfTest {
  private static final String COMPILER = "riscv64-linux-gnu-gcc";
  private static final String SOURCE =
      """
      const char greeting[] = "hello from rodata";
      char counters[3000] = {1, 2, 3};
      char zeros[5000];
      char *where = counters;
      void _start(void) {
        zeros[1] = greeting[0];
        where++;
        for (;;) { }
      }
      """;

  @RegisterExtension final Machines machines = new Machines();

  @TempDir Path folder;

  @BeforeEach
  void requireCompiler() {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, COMPILER)));
    assumeTrue(there, COMPILER + " is not installed");
  }

  private byte[] compiled(String... options) throws Exception {
    Files.writeString(folder.resolve("hello.c"), SOURCE);
    List<String> command =
        Stream.concat(
                Stream.of(COMPILER, "-O1", "-nostdlib", "-ffreestanding", "-fPIE"),
                Stream.of(options))
            .toList();
    Process process =
        new ProcessBuilder(
                Stream.concat(command.stream(), Stream.of("-o", "hello", "hello.c")).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return Files.readAllBytes(folder.resolve("hello"));
  }

  private byte[] staticPie(String... options) throws Exception {
    Stream<String> all = Stream.of("-static-pie", "-Wl,--no-dynamic-linker");
    return compiled(Stream.concat(all, Stream.of(options)).toArray(String[]::new));
  }

  private TaskCalls run(Profile profile, byte[] file) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    Exec.install(p, "/hello", file);
    return Exec.child(p, "/hello", "hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-O0", "-O2", "-Wl,-z,noseparate-code", "-Wl,-z,separate-code"})
  void exec08_staticPie_isOneBlockWithItsSegmentsWhereTheFileSays(String option) throws Exception {
    byte[] file = staticPie(option);
    ElfFile elf = ElfFile.from(file);
    for (Profile profile : Profile.values()) {
      assertLaidOut(run(profile, file), elf, file);
    }
  }

  private static void assertLaidOut(TaskCalls child, ElfFile elf, byte[] file) {
    LoadedImage image = Exec.image(child);
    List<LoadMap.Segment> placed = image.loadMap().orElseThrow().segments();
    List<ElfSegment> expected = elf.segmentsOfType(ElfSegment.PT_LOAD);
    assertThat(placed).hasSameSizeAs(expected);
    long base = placed.getFirst().address() - expected.getFirst().p_vaddr;
    for (int i = 0; i < placed.size(); i++) {
      ElfSegment load = expected.get(i);
      LoadMap.Segment segment = placed.get(i);
      assertThat(segment.address()).isEqualTo(base + load.p_vaddr);
      assertThat(segment.size()).isEqualTo(load.p_memsz);
      int length = (int) load.p_filesz;
      assertThat(child.bytes(segment.address(), length))
          .isEqualTo(Arrays.copyOfRange(file, (int) load.p_offset, (int) load.p_offset + length));
      int tail = (int) (load.p_memsz - load.p_filesz);
      assertThat(child.bytes(segment.address() + length, tail)).containsOnly(new byte[tail]);
    }
    assertThat(image.entry()).isEqualTo(base + elf.e_entry);
    assertThat(child.task().memoryMap().size()).isEqualTo(2);
  }

  @Test
  void symbols_areWhereTheLoadMapSays() throws Exception {
    byte[] file = staticPie();
    ElfFile elf = ElfFile.from(file);
    TaskCalls child = run(Profile.DOCUMENT, file);
    LoadMap map = Exec.image(child).loadMap().orElseThrow();
    long greeting = map.locate(symbol(elf, "greeting"), 18).orElseThrow();
    assertThat(child.bytes(greeting, 17)).isEqualTo("hello from rodata".getBytes());
    long counters = map.locate(symbol(elf, "counters"), 3000).orElseThrow();
    assertThat(child.bytes(counters, 4)).containsExactly(1, 2, 3, 0);
    long zeros = map.locate(symbol(elf, "zeros"), 5000).orElseThrow();
    assertThat(child.bytes(zeros, 5000)).containsOnly(0);
  }

  private static long symbol(ElfFile elf, String name) {
    return Arrays.stream(elf.getSymbolTableSection().symbols)
        .filter(symbol -> name.equals(symbol.getName()))
        .mapToLong(symbol -> symbol.st_value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void exec06_executableAtFixedAddresses_isEnoexec() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    Exec.install(p, "/fixed", compiled("-static", "-no-pie"));
    assertErrno(Errno.ENOEXEC, () -> Exec.run(p, "/fixed", "fixed"));
  }

  @Test
  void exec09_stackOfTheLinker_isTaken() throws Exception {
    byte[] file = staticPie("-Wl,-z,stack-size=0x30000");
    TaskCalls child = run(Profile.DOCUMENT, file);
    long stackPointer = Exec.image(child).stackPointer();
    assertThat(child.task().mapping(stackPointer).orElseThrow().range().length())
        .isEqualTo(0x30000);
  }

  @Test
  void exec06_dynamicExecutable_isLoadedBesideItsInterpreter() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    byte[] interpreter = staticPie();
    Exec.install(p, "/ld.so", interpreter);
    Exec.install(p, "/hello", compiled("-pie", "-Wl,-dynamic-linker=/ld.so"));
    TaskCalls child = Exec.child(p, "/hello", "hello");
    LoadMap map = Exec.image(child).interpreterLoadMap().orElseThrow();
    assertThat(map.locate(ElfFile.from(interpreter).e_entry, 1))
        .hasValue(Exec.image(child).entry());
  }
}
