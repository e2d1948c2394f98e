package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The expected texts are the output of strace 6.1 for these bytes. */
class CStringTest {
  private static String quote(String latin1) {
    return CString.quote(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void zero_isShortUnlessAnOctalDigitFollows() {
    assertThat(quote("\0008\0001\0009a")).isEqualTo("\"\\08\\0001\\09a\"");
  }

  @Test
  void unprintableBytes_areOctal() {
    assertThat(quote("\033[\200\177\007\b\377")).isEqualTo("\"\\33[\\200\\177\\7\\10\\377\"");
  }

  @Test
  void whitespaceAndQuotes_areLetters() {
    assertThat(quote("\013\f\r\t\n\\\"?")).isEqualTo("\"\\v\\f\\r\\t\\n\\\\\\\"?\"");
  }

  @Test
  void printableText_isItself() {
    assertThat(quote("big   :00001000~'")).isEqualTo("\"big   :00001000~'\"");
  }
}
