package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/PROGRAMS.md says. */
final class ProgramsGuideTest {
  private static final Pattern CALL = Pattern.compile("(?<number>\\d+) `(?<name>\\w+)`");

  @Test
  void calls_areThoseThatThereAre() throws Exception {
    SortedMap<Integer, String> listed = new TreeMap<>();
    Matcher call = CALL.matcher(Files.readString(Path.of("../docs/PROGRAMS.md")));
    while (call.find()) {
      listed.put(Integer.parseInt(call.group("number")), call.group("name"));
    }
    assertThat(listed).isEqualTo(SyscallTable.standard().names());
  }
}
