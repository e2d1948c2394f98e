package dev.nommu.binfmt.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.Recognition;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first line of a script, as execve(2) describes it. */
final class ScriptFormatTest {
  private static final ExecRequest REQUEST =
      ExecRequest.builder("/s").arguments(List.of("s")).build();

  private record Text(MemorySegment head) implements Executable {
    static Text of(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      MemorySegment head = MemorySegment.ofArray(new byte[HEAD_SIZE]);
      int length = Math.min(bytes.length, HEAD_SIZE);
      MemorySegment.copy(MemorySegment.ofArray(bytes), 0, head, 0, length);
      return new Text(head);
    }

    @Override
    public String path() {
      return "/s";
    }

    @Override
    public long read(MemorySegment into, long position) {
      throw new UnsupportedOperationException("the head is enough");
    }

    @Override
    public boolean isMappable() {
      return false;
    }

    @Override
    public Executable open(String path) {
      throw new UnsupportedOperationException("the kernel opens interpreters of scripts");
    }
  }

  private static Recognition recognized(String text) {
    return new ScriptFormat().recognize(Text.of(text), REQUEST);
  }

  private static Recognition script(String interpreter) {
    return Recognition.script(interpreter, Optional.empty());
  }

  private static Recognition script(String interpreter, String argument) {
    return Recognition.script(interpreter, Optional.of(argument));
  }

  @Test
  void interpreter_endsWithTheLine() {
    assertThat(recognized("#!/bin/sh\necho\n")).isEqualTo(script("/bin/sh"));
  }

  @Test
  void interpreter_endsWithTheFile() {
    assertThat(recognized("#!/bin/sh")).isEqualTo(script("/bin/sh"));
  }

  @Test
  void blanks_aroundTheWordsMeanNothing() {
    assertThat(recognized("#! \t /bin/sh \t -e \t\n")).isEqualTo(script("/bin/sh", "-e"));
  }

  @Test
  void everythingBehindTheInterpreter_isOneArgument() {
    assertThat(recognized("#!/bin/sh -e  -x y\n")).isEqualTo(script("/bin/sh", "-e  -x y"));
  }

  @Test
  void textWithoutTheTwoBytes_isNoScript() {
    assertThat(recognized(" #!/bin/sh\n")).isInstanceOf(Recognition.NotMine.class);
    assertThat(recognized("")).isInstanceOf(Recognition.NotMine.class);
  }

  @Test
  void lineWithoutInterpreter_isNoScript() {
    assertThat(recognized("#!\n/bin/sh")).isInstanceOf(Recognition.NotMine.class);
    assertThat(recognized("#! \t\n")).isInstanceOf(Recognition.NotMine.class);
    assertThat(recognized("#!" + " ".repeat(300))).isInstanceOf(Recognition.NotMine.class);
  }

  @Test
  void argumentBeyond255Bytes_isCutOff() {
    assertThat(recognized("#!/bin/sh " + "a".repeat(300)))
        .isEqualTo(script("/bin/sh", "a".repeat(245)));
  }

  @Test
  void interpreterBeyond255Bytes_isNoScript() {
    assertThat(recognized("#!/" + "a".repeat(300) + "\n"))
        .isInstanceOfSatisfying(
            Recognition.NotMine.class, notMine -> assertThat(notMine.why()).contains("255 bytes"));
  }

  @Test
  void longestLine_endsInByte256() {
    String path = "/" + "a".repeat(252);
    assertThat(recognized("#!" + path + "\n")).isEqualTo(script(path));
    assertThat(recognized("#!" + path + "a\n")).isInstanceOf(Recognition.NotMine.class);
  }

  @Test
  void path_isUtf8() {
    assertThat(recognized("#!/bin/schälen ö\n")).isEqualTo(script("/bin/schälen", "ö"));
  }
}
