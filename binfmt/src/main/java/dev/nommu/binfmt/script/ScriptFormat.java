package dev.nommu.binfmt.script;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.FileNames;
import dev.nommu.api.Recognition;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Scripts, which begin with {@code #!} and the path of their interpreter. The text after the path,
 * including blanks, is one argument. A first line of more than 255 bytes is truncated, as in
 * execve(2); a truncated path is refused.
 */
public final class ScriptFormat implements BinaryFormat {
  private static final String BLANKS = " \t";

  /** Creates the format. */
  public ScriptFormat() {}

  @Override
  public String name() {
    return "script";
  }

  @Override
  public Recognition recognize(Executable file, ExecRequest request) {
    String head = byteByByte(file.head());
    if (!head.startsWith("#!")) {
      return Recognition.notMine("expected #! at the beginning");
    }
    int end = head.indexOf('\n');
    if (end < 0 && isCutOff(head)) {
      return Recognition.notMine("the path of the interpreter does not end in the first 255 bytes");
    }
    String line = head.substring(2, end < 0 ? head.length() - 1 : end);
    String words = stripped(upToZero(line));
    if (words.isEmpty()) {
      return Recognition.notMine("no interpreter after #!");
    }
    int pathEnd = endOfPath(words);
    String rest = stripped(words.substring(pathEnd));
    return Recognition.script(
        decoded(words.substring(0, pathEnd)),
        rest.isEmpty() ? Optional.empty() : Optional.of(decoded(rest)));
  }

  private static boolean isCutOff(String head) {
    String words = stripped(upToZero(head.substring(2)));
    return head.indexOf('\0') < 0 && endOfPath(words) == words.length() && head.endsWith(words);
  }

  private static String upToZero(String text) {
    int zero = text.indexOf('\0');
    return zero < 0 ? text : text.substring(0, zero);
  }

  private static String byteByByte(MemorySegment head) {
    return new String(head.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }

  private static String decoded(String bytes) {
    return FileNames.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static int endOfPath(String words) {
    int end = 0;
    while (end < words.length() && BLANKS.indexOf(words.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && BLANKS.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && BLANKS.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}
