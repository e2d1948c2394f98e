package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of address names that the recordings do not cover. */
class AddressNamesTest {
  private static final long A = 0x80100000L;
  private static final String MMAP =
      "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)";

  private static List<String> results(Transcript transcript) {
    return transcript.lines().stream().map(line -> line.replaceFirst(".* = ", "")).toList();
  }

  @Test
  void unalignedAddressOutsideOfWindows_tellsItsOffset() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A + 0x24, 0x2000eb40L);
    assertThat(results(kernel.run("a = " + MMAP, "b = " + MMAP)))
        .containsExactly("a (unaligned +0x24)", "flash+0xeb40");
  }

  @Test
  void mappingThatBeginsBelowAnotherOne_hasANegativeOffset() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x2000, A + 0x1000, A, A + 0x3000);
    kernel.files.put(new AddressRange(A, 0x5000), new KernelPort.FilePlace("f", 0));
    assertThat(results(kernel.run("a = " + MMAP, "b = " + MMAP, "c = " + MMAP)))
        .containsExactly("a", "a-0x1000", "c");
  }

  @Test
  void otherPagesOfAFile_haveANameOfTheirOwn() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A + 0x1000, A, A + 0x1000);
    kernel.files.put(new AddressRange(A, 0x4000), new KernelPort.FilePlace("f", 0));
    assertThat(results(kernel.run("a = " + MMAP, "b = " + MMAP, "c = " + MMAP)))
        .containsExactly("a", "b", "a");
  }

  @Test
  void fileThatLiesWhereItDid_keepsItsNameWhileUnmapped() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A, A).unmapping();
    kernel.files.put(new AddressRange(A, 0x1000), new KernelPort.FilePlace("f", 0));
    assertThat(results(kernel.run("a = " + MMAP, "munmap(a, 4096)", "b = " + MMAP)))
        .containsExactly("a", "0", "a");
  }

  @Test
  void anotherFileAtTheSameAddress_hasANewName() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A, A).unmapping();
    kernel.files.put(new AddressRange(A, 0x1000), new KernelPort.FilePlace("f", 0));
    kernel.answers.put(
        "ftruncate",
        (_, _) -> {
          kernel.files.put(new AddressRange(A, 0x1000), new KernelPort.FilePlace("g", 0));
          return new Answer.Returned(0);
        });
    assertThat(
            results(kernel.run("a = " + MMAP, "munmap(a, 4096)", "ftruncate(3, 0)", "b = " + MMAP)))
        .containsExactly("a", "0", "0", "b");
  }

  @Test
  void fileThatMoved_hasANewName() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A, A + 0x8000);
    kernel.files.put(new AddressRange(A, 0x1000), new KernelPort.FilePlace("f", 0));
    kernel.files.put(new AddressRange(A + 0x8000, 0x1000), new KernelPort.FilePlace("f", 0));
    assertThat(results(kernel.run("a = " + MMAP, "b = " + MMAP))).containsExactly("a", "b");
  }

  @Test
  void memoryThatIsUsedAgain_hasANewName() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A, A, A).unmapping();
    assertThat(
            results(
                kernel.run(
                    "a = " + MMAP,
                    "munmap(a, 4096)",
                    "a = " + MMAP,
                    "munmap(a, 4096)",
                    "a = " + MMAP)))
        .containsExactly("a", "0", "a_2", "0", "a_3");
  }

  @Test
  void mappingWithoutAName_isCountedOnItsOwn() throws Exception {
    ScriptedKernel kernel =
        new ScriptedKernel().mapping(0x1000, A, A + 0x1000, A + 0x2000, A + 0x3000);
    assertThat(results(kernel.run(MMAP, "b = " + MMAP, "m2 = " + MMAP, MMAP)))
        .containsExactly("m1", "b", "m2", "m2_2");
  }

  @Test
  void nameIsKeptWhileOneProcessStillHasAPart() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x3000, A, A + 0x1000);
    kernel.answers.put(
        "munmap",
        (_, _) -> {
          kernel.regions.clear();
          kernel.regions.add(new AddressRange(A + 0x1000, 0x1000));
          return new Answer.Returned(0);
        });
    assertThat(results(kernel.run("a = " + MMAP, "munmap(a, 4096)", "b = " + MMAP)))
        .containsExactly("a", "0", "a+0x1000");
  }

  @Test
  void memoryThatWasCutOut_hasANewNameWhenItIsUsedAgain() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x3000, A, A);
    kernel.answers.put(
        "munmap",
        (_, _) -> {
          kernel.regions.clear();
          kernel.regions.add(new AddressRange(A + 0x1000, 0x2000));
          return new Answer.Returned(0);
        });
    assertThat(results(kernel.run("a = " + MMAP, "munmap(a, 4096)", "b = " + MMAP)))
        .containsExactly("a", "0", "b");
  }

  @Test
  void linesOfMaps_haveNamesInTheOrderOfAppearance() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A + 0x5000, 0x20001000L, A);
    kernel.answers.put(
        "cat",
        (_, _) ->
            new Answer.Lines(
                "/proc/17/maps",
                List.of(
                    "20001000-20002000 r--S 00000000 1f:03 12         /m/rom/a file",
                    "80100000-80101000 rw-p 00000000 00:00 0 ",
                    "80105000-80106000 rw-S 00003000 00:1a 7          /tmp/f (deleted)",
                    "80200000-80201000 rw-S 00000000 00:05 0          /SYSV00000000 (deleted)")));
    assertThat(
            kernel
                .run("a = " + MMAP, "b = " + MMAP, "c = " + MMAP, "cat(\"/proc/17/maps\")")
                .lines())
        .containsSequence(
            "cat(\"/proc/17/maps\") =",
            "    a-a+0x1000 rw-S 00003000 00:* INO /tmp/f (deleted)",
            "    flash+0x1000-flash+0x2000 r--S 00000000 1f:03 INO /m/rom/a file",
            "    c-c+0x1000 rw-p 00000000 00:00 0",
            "    m1-m1+0x1000 rw-S 00000000 00:* 0 /SYSV00000000 (deleted)");
  }

  @Test
  void linesOfOtherFiles_areShownAsTheyAre() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel();
    String line = "80100000-80101000 rw-p 00000000 00:00 0";
    kernel.answers.put(
        "cat", (_, _) -> new Answer.Lines("/proc/iomem", List.of("b " + line, line, "")));
    assertThat(kernel.run("cat(\"/proc/iomem\")").lines())
        .containsExactly("cat(\"/proc/iomem\") =", "    b " + line, "    " + line, "");
  }

  @Test
  void twoThousandLiveMappings_areNamedWithOneLookUpEach() throws Exception {
    int count = 2000;
    long[] addresses = LongStream.range(0, count).map(i -> A + i * 0x1000).toArray();
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, addresses);
    String[] lines =
        IntStream.range(0, count).mapToObj(i -> "a" + i + " = " + MMAP).toArray(String[]::new);
    assertThat(results(kernel.run(lines)))
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> "a" + i).toList());
    assertThat(kernel.lookups).isEqualTo(count);
    assertThat(kernel.listings).isZero();
  }

  @Test
  void regionsAreListedOnce_whenACallMapsAfterOthersUnmapped() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A, A + 0x1000, A, A + 0x1000);
    kernel.unmapping();
    kernel.run(
        "a = " + MMAP, "b = " + MMAP, "munmap(a, 4096)", "munmap(b, 4096)", MMAP, MMAP, "sync()");
    assertThat(kernel.listings).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "munmap(a, 4096)",
        "mremap(a, 4096, 4096)",
        "shmdt(a)",
        "truncate(\"/f\", 0)",
        "ftruncate(3, 0)",
        "open(\"/f\", O_RDWR|O_TRUNC)"
      })
  void callThatMayUnmap_takesTheNamesOfWhatIsGone(String step) throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A, A);
    String call = step.replaceFirst("\\(.*", "");
    kernel.answers.put(
        call,
        (_, _) -> {
          kernel.regions.clear();
          return Answer.failed(Errno.EINVAL);
        });
    assertThat(results(kernel.run("a = " + MMAP, step, "b = " + MMAP))).last().isEqualTo("b");
  }

  @Test
  void exitOfAProcess_takesTheNamesOfWhatIsGone() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A, A);
    kernel.exits = kernel.regions::clear;
    assertThat(results(kernel.run("proc p", "p: a = " + MMAP, "p: exit(0)", "b = " + MMAP)))
        .last()
        .isEqualTo("b");
  }

  @Test
  void startedCallThatUnmaps_takesTheNamesOfWhatIsGoneWhileItIsWaitedFor() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A, A, A).unmapping();
    kernel.answers.put(
        "sync",
        (_, _) -> {
          kernel.regions.clear();
          return new Answer.Returned(0);
        });
    assertThat(
            results(
                kernel.run(
                    "proc p",
                    "a = " + MMAP,
                    "p& munmap(a, 4096)",
                    "sync()",
                    "b = " + MMAP,
                    "p: join",
                    "c = " + MMAP)))
        .containsExactly("0", "a", "(started)", "0", "b", "0", "c");
  }

  @Test
  void memoryWithTwoNames_isCalledAfterTheFirst() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel().mapping(0x1000, A + 0x1000);
    kernel.answers.put(
        "shmat",
        (_, _) -> {
          kernel.regions.add(new AddressRange(A, 0x3000));
          return new Answer.Mapped(A);
        });
    kernel.answers.put("mremap", (_, arguments) -> new Answer.Mapped(arguments.number(0)));
    assertThat(
            results(
                kernel.run(
                    "a = " + MMAP,
                    "b = shmat(1, NULL, 0)",
                    "mremap(a, 4096, 4096)",
                    "mremap(b + 0x2000, 4096, 4096)")))
        .containsExactly("a", "b", "a", "b+0x2000");
  }
}
