package dev.nommu.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each line was tried with {@code genromfs -A 256,PATTERN} or {@code -x PATTERN}, version 0.5.2.
 */
class PathPatternTest {
  @ParameterizedTest
  @CsvSource({
    "a, /a, true",
    "a, /sub/a, true",
    "a, /ab, false",
    "/a, /a, true",
    "/a, /sub/a, false",
    "*, /sub/deep/h, true",
    "*, /.hid, false",
    ".*, /.hid, true",
    ".*, /sub/.dot, true",
    "/*, /fa, true",
    "/*, /sub/f, false",
    "/*, /.hid, false",
    "/sub/*, /sub/f, true",
    "/sub/*, /sub/.dot, false",
    "/sub/*, /sub/deep/h, false",
    "sub/deep, /sub/deep, false",
    "/su?, /sub, true",
    "?hid, /.hid, false",
    "f[a-c], /fb, true",
    "f[a-c], /fd, false",
    "[!a], /b, true",
    "[!a], /a, false",
    "[^a], /b, true",
    "[[:alpha:]], /a, true",
    "[[:alpha:]], /1, false",
    "[]x], /], true",
    "[.]hid, /.hid, false",
    "\\a, /a, true",
    "\\*, /a, false",
    "\\*, /*, true",
    "a.o, /axo, false",
    "[, /[, true"
  })
  void matches_asGenromfsDoes(String pattern, String path, boolean expected) {
    assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(expected);
  }

  @Test
  void rangeOrClassThatIsNone_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathPattern.of("[z-a]"))
        .withMessageContaining("[z-a]");
    assertThatIllegalArgumentException().isThrownBy(() -> PathPattern.of("[[:nonsense:]]"));
  }
}
