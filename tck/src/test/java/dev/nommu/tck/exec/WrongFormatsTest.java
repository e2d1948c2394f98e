package dev.nommu.tck.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A format that does one thing wrong breaks exactly the rules that say so. */
final class WrongFormatsTest {
  private static final byte[] EXECUTABLE = "TEST, and then 4 bytes of size".getBytes();

  /** A format of files that begin with TEST, and does what a test says besides. */
  private record TestFormat(BinaryFormatStep step) implements BinaryFormat {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public Recognition recognize(Executable file, ExecRequest request) throws ErrnoException {
      return step.recognize(file);
    }
  }

  private interface BinaryFormatStep {
    Recognition recognize(Executable file) throws ErrnoException;
  }

  private static boolean isTest(Executable file) {
    byte[] head = file.head().asSlice(0, 4).toArray(ValueLayout.JAVA_BYTE);
    return new String(head).equals("TEST");
  }

  private static Recognition right(Executable file) {
    return isTest(file)
        ? Recognition.program(WrongFormatsTest::load)
        : Recognition.notMine("expected TEST");
  }

  private static LoadedImage load(ProcessMemory memory) throws ErrnoException {
    long block = memory.mapAnonymous(4096, Set.of(Protection.values()));
    return LoadedImage.builder(block, block + 2048).build();
  }

  private static LoadedImage loadElsewhere(ProcessMemory memory) throws ErrnoException {
    long block = memory.mapAnonymous(4096, Set.of(Protection.values()));
    return LoadedImage.builder(16, block + 2048).build();
  }

  private static Recognition readingBehindTheEnd(Executable file) throws ErrnoException {
    byte[] bytes = new byte[64];
    int count = (int) file.read(MemorySegment.ofArray(bytes), 0);
    if (isTest(file) && bytes[count - 1] != 'e') {
      throw new ArrayIndexOutOfBoundsException(count);
    }
    return right(file);
  }

  private static Map<String, String> broken(BinaryFormatStep step) throws Exception {
    Subject subject =
        Subject.format(() -> new TestFormat(step), Board.parse("exec.dts", BinaryFormats.BOARD));
    Contract contract = BinaryFormats.of(subject, "test", EXECUTABLE);
    Map<String, String> broken = new TreeMap<>();
    for (Clause clause : contract.clauses()) {
      for (Profile profile : Profile.values()) {
        if (contract.judge(clause, profile) instanceof Verdict.Broken wrong) {
          broken.merge(clause.rule().number(), wrong.describe(clause), String::concat);
        }
      }
    }
    return broken;
  }

  private static void assertBreaks(Map<String, String> rules, BinaryFormatStep step)
      throws Exception {
    Map<String, String> broken = broken(step);
    assertThat(broken.keySet()).as("%s", broken).isEqualTo(rules.keySet());
    rules.forEach((rule, part) -> assertThat(broken.get(rule)).contains(part));
  }

  @Test
  void rightFormat_breaksNothing() throws Exception {
    assertThat(broken(WrongFormatsTest::right)).isEmpty();
  }

  @Test
  void exec13_ownFileThatIsNotRecognised_breaksIt() throws Exception {
    assertBreaks(
        Map.of("EXEC-13", "recognize returned \"not mine\"", "EXEC-11", "expected BEST"),
        file -> Recognition.notMine("expected BEST"));
  }

  @Test
  void exec13_foreignFileThatIsRecognised_breaksIt() throws Exception {
    assertBreaks(
        Map.of("EXEC-13", "a text: recognize returned"),
        file ->
            file.head().get(ValueLayout.JAVA_BYTE, 0) == 'h'
                ? Recognition.program(WrongFormatsTest::load)
                : right(file));
  }

  @Test
  void plugin01_readBehindTheEnd_breaksIt() throws Exception {
    assertBreaks(
        Map.of("PLUGIN-01", "cut off after 4 bytes"), WrongFormatsTest::readingBehindTheEnd);
  }

  @Test
  void exec11_entryInNoMapping_breaksIt() throws Exception {
    assertBreaks(
        Map.of("EXEC-11", "0x10"),
        file ->
            isTest(file)
                ? Recognition.program(WrongFormatsTest::loadElsewhere)
                : Recognition.notMine("expected TEST"));
  }
}
