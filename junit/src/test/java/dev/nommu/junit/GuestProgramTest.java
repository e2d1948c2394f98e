package dev.nommu.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Programs in C, on the machine of a test. */
@Board(
    """
    /dts-v1/;
    / {
      #address-cells = <1>; #size-cells = <1>;
      memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
      fb@88000000 { compatible = "simple-framebuffer"; reg = <0x88000000 0x4000>;
        width = <64>; height = <64>; stride = <256>; format = "a8r8g8b8"; };
    };
    """)
@Timeout(60)
final class GuestProgramTest {
  private static final GuestCompiler NONE = new GuestCompiler("there-is-no-such-compiler");
  private static final GuestCompiler COMPILER = new GuestCompiler(GuestCompiler.COMMAND);
  private static final GuestBuild TOUCH = new GuestBuild(GuestProgramTest.class, "touch.c");

  @Test
  void program_isRun(@GuestProgram("touch.c") Guest touch, Machine machine) throws Exception {
    GuestRun run = touch.run("one", "two");
    String first = "/dev/fb0 of PATH=/bin: ff8040 at 88000000, 100%";
    assertThat(run.exitedWith(2).output()).isEqualTo(first + "\none\ntwo\n");
    assertThat(run.errors()).isEqualTo("done\n");
    assertThat(run.mappingsAt(first))
        .filteredOn(each -> each.contains("/dev/fb0"))
        .singleElement()
        .asString()
        .startsWith("88000000-88001000 rw-S 00000000");
    assertThat(run.mappings()).isNotEmpty().noneMatch(each -> each.contains("/dev/fb0"));
    assertThat(machine.memory().at(0x8800_0000L, 4).get(ValueLayout.JAVA_INT, 0))
        .isEqualTo(0xff8040);
  }

  @Test
  void otherStatus_isToldWithWhatWasWritten(@GuestProgram("touch.c") Guest touch) throws Exception {
    GuestRun run = touch.run("argument");
    assertThatThrownBy(() -> run.exitedWith(0))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContainingAll("exits with 0", "1", "argument", "done");
    assertThatThrownBy(() -> run.mappingsAt("nothing"))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("nothing");
  }

  @Test
  void line_mayHaveCarriageReturnsInIt(@GuestProgram("touch.c") Guest touch) throws Exception {
    GuestRun run = touch.run("50%\r100%", "two\nthree", "four");
    assertThat(run.byLine()).containsKeys("50%\r100%", "two", "three", "four").hasSize(5);
  }

  @Test
  void programThatIsKilled_endsWithItsSignal(@GuestProgram("fault.c") Guest fault)
      throws Exception {
    GuestRun run = fault.run();
    assertThat(run.status()).isEqualTo(new WaitStatus.Signaled(Signal.SIGSEGV));
    assertThat(run.mappings()).isNotEmpty().isEqualTo(run.mappingsAt("soon"));
  }

  @Test
  void withoutCompiler_theCommittedBuildIsRun(Machine machine) throws Exception {
    Guest touch = Guest.install(machine, "committed", TOUCH.program(NONE));
    assertThat(touch.run().exitedWith(0).output()).startsWith("/dev/fb0");
  }

  @Test
  void withoutCompilerAndBuild_theTestFailsAndSaysWhatToDo() {
    GuestBuild unbuilt = new GuestBuild(GuestProgramTest.class, "wrong.c");
    assertThatThrownBy(() -> unbuilt.program(NONE))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContainingAll("there-is-no-such-compiler", "wrong.elf", GuestBuild.WRITTEN);
  }

  @Test
  void buildOfAnotherSource_isNoticedWithAndWithoutCompiler() {
    GuestBuild stale = new GuestBuild(GuestProgramTest.class, "stale.c");
    for (GuestCompiler compiler : List.of(NONE, COMPILER)) {
      assertThatThrownBy(() -> stale.program(compiler))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessageContainingAll("stale.elf was not made of this stale.c", "stale.build");
    }
  }

  @Test
  void sourceThatIsNotThere_isNamed() {
    GuestBuild missing = new GuestBuild(GuestProgramTest.class, "missing.c");
    assertThatThrownBy(() -> missing.program(NONE)).hasMessageContaining("missing.c");
  }

  private static GuestCompiler installed() {
    assumeTrue(
        COMPILER.isThere() || System.getenv("CI") != null,
        "skipped: %s is not installed".formatted(COMPILER.command()));
    return COMPILER;
  }

  @Test
  void build_isWrittenWhereItIsAskedFor(@TempDir Path resources) throws Exception {
    byte[] program = TOUCH.write(resources, installed());
    Path directory = resources.resolve("dev/nommu/junit");
    assertThat(directory.resolve("touch.elf")).hasBinaryContent(program);
    assertThat(Files.readString(directory.resolve("touch.build")))
        .startsWith(
            Files.readString(Path.of("src/test/resources/dev/nommu/junit/touch.build"))
                .lines()
                .findFirst()
                .orElseThrow())
        .contains(GuestCompiler.COMMAND, "-o touch.elf touch.c");
    assertThat(new String(program, StandardCharsets.ISO_8859_1))
        .contains("touch.c")
        .doesNotContain("/nommu-guest", "target/test-classes");
  }

  @Test
  void sourceWithErrors_failsWithTheCompilersWords() throws Exception {
    GuestCompiler compiler = installed();
    GuestBuild wrong = new GuestBuild(GuestProgramTest.class, "wrong.c");
    assertThatThrownBy(() -> wrong.program(compiler))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContainingAll("wrong.c does not compile", "undeclared_name");
  }
}
