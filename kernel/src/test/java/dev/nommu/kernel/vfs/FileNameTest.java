package dev.nommu.kernel.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be a name, and what a plugin's answer is told of that cannot. */
final class FileNameTest {
  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "/, has a slash",
    "/a, has a slash",
    "a/b, has a slash",
    "., 'means a directory itself, or the one above'",
    ".., 'means a directory itself, or the one above'"
  })
  void text_thatIsNoName_isToldWhy(String text, String why) {
    assertThat(FileName.wrongWith(text)).contains(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "...", ".a", "a b", "é"})
  void name_hasNothingWrong(String name) {
    assertThat(FileName.wrongWith(name)).isEmpty();
  }

  @Test
  void zeroByte_endsEveryNameAndTarget() {
    assertThat(FileName.wrongWith("\0")).contains("has a zero byte");
    assertThat(FileName.wrongWith("a\0b")).contains("has a zero byte");
    assertThat(FileName.wrongWithTarget("\0a")).contains("has a zero byte");
  }

  @Test
  void bytes_areCountedInUtf8() {
    assertThat(FileName.wrongWith("é".repeat(127) + "a")).isEmpty();
    assertThat(FileName.wrongWith("é".repeat(128))).contains("has more than 255 bytes");
    assertThat(FileName.wrongWith("€".repeat(85))).isEmpty();
    assertThat(FileName.wrongWith("€".repeat(85) + "a")).contains("has more than 255 bytes");
  }

  @Test
  void target_mayHaveSlashesAndBeAsLongAsAPath() {
    assertThat(FileName.wrongWithTarget("../a/" + "b".repeat(4090))).isEmpty();
    assertThat(FileName.wrongWithTarget("../a/" + "b".repeat(4091)))
        .contains("has more than 4095 bytes");
    assertThat(FileName.wrongWithTarget("")).contains("is empty");
  }

  @Test
  void name_isShownShortAndPrintable() {
    assertThat(FileName.shown("a\0b")).isEqualTo("a\\0b");
    assertThat(FileName.shown("a".repeat(64))).isEqualTo("a".repeat(64));
    assertThat(FileName.shown("a".repeat(65))).isEqualTo("a".repeat(64) + "...");
  }
}
