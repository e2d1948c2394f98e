package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static Arguments arguments(String call) throws ScenarioException {
    Scenario scenario = Scenario.parse("x.txt", call);
    Step.Run run = (Step.Run) ((ScenarioLine.Statement) scenario.lines().getFirst()).step();
    return new Evaluator("x.txt", Map.of()).arguments(run.invocation().arguments());
  }

  /** The expected numbers are those of a C compiler for these expressions with unsigned longs. */
  @ParameterizedTest
  @CsvSource({
    "1|2&3<<1+2*3, 1",
    "(1|2)&(3<<(1+2)*3), 0",
    "10-4-3, 3",
    "2*3+4*5, 26",
    "1<<62, 0x4000000000000000",
    "SIZE_MAX-4095, 0xfffffffffffff000",
    "SIZE_MAX>>60, 15",
    "(1<<32)-1, 0xffffffff",
    "0x7fffffffffffffff+1, 0x8000000000000000",
    "-1, 0xffffffffffffffff",
    "--5, 5",
    "-2*3, 0xfffffffffffffffa",
    "0644, 420",
    "0XFF|0, 255",
    "PROT_READ|PROT_WRITE, 3",
    "18446744073709551615, 0xffffffffffffffff",
    "1<<64, 0",
    "1>>-1, 0",
    "~0, 0xffffffffffffffff",
    "~0xfff&0x1234, 0x1000",
    "-~1, 2",
    "7//2, 3",
    "-7//2, 0xfffffffffffffffc",
    "2+9//3*2, 8",
  })
  void arithmetic_isThatOfC(String expression, String value) throws Exception {
    long expected =
        value.startsWith("0x")
            ? Long.parseUnsignedLong(value.substring(2), 16)
            : Long.parseLong(value);
    assertThat(arguments("close(" + expression + ")").number(0)).isEqualTo(expected);
  }

  @Test
  void divisionByZero_isReportedWithItsPlace() {
    assertThatThrownBy(() -> arguments("close(1+4//(3-3))"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("x.txt:1:10: expected a divisor other than 0, found 0");
  }

  @Test
  void escapes_areThoseOfC() throws Exception {
    assertThat(
            arguments("unlink(\"\\n\\t\\r\\a\\b\\f\\v\\\"\\\\\\'\\?\\0\\18\\377\\x4aZ\")").bytes(0))
        .isEqualTo(
            new byte[] {10, 9, 13, 7, 8, 12, 11, '"', '\\', '\'', '?', 0, 1, '8', -1, 'J', 'Z'});
  }

  @Test
  void charactersBeyondAscii_areUtf8() throws Exception {
    assertThat(arguments("unlink(\"ä\")").bytes(0))
        .isEqualTo(new byte[] {(byte) 0xc3, (byte) 0xa4});
    assertThat(arguments("unlink(\"ä\")").path(0)).isEqualTo("ä");
  }

  @Test
  void text_isRepeated() throws Exception {
    assertThat(arguments("unlink(\"ab\"*(1+2))").path(0)).isEqualTo("ababab");
    assertThat(arguments("unlink(\"ab\"*0)").bytes(0)).isEmpty();
    assertThat(arguments("unlink(\"\"*(SIZE_MAX>>1))").bytes(0)).isEmpty();
  }

  @Test
  void textThatIsTooLong_isReportedWithItsPlace() {
    assertThatThrownBy(() -> arguments("unlink(\"ab\"*(1<<40))"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            "x.txt:1:12: expected a text of 0 to 67108864 bytes, found 1099511627776 times 2"
                + " bytes");
    assertThatThrownBy(() -> arguments("unlink(\"ab\"*-1)"))
        .hasMessage("x.txt:1:12: expected a text of 0 to 67108864 bytes, found -1 times 2 bytes");
  }

  /** The expected bytes are those of Python's struct.pack. */
  @Test
  void pack_isThatOfPython() throws Exception {
    assertThat(arguments("ioctl(3, MEMERASE, pack(\"<II\", 0x40000, 0x40000))").bytes(2))
        .isEqualTo(new byte[] {0, 0, 4, 0, 0, 0, 4, 0});
    assertThat(arguments("ioctl(3, 1, pack(\">hq4sB\", -2, 1<<40, \"ab\", 255))").bytes(2))
        .isEqualTo(new byte[] {-1, -2, 0, 0, 1, 0, 0, 0, 0, 0, 'a', 'b', 0, 0, -1});
    assertThat(arguments("ioctl(3, 1, pack(\"=2Hl2s\", 1, 2, -3, \"xyz\"))").bytes(2))
        .isEqualTo(new byte[] {1, 0, 2, 0, -3, -1, -1, -1, 'x', 'y'});
    assertThat(arguments("ioctl(3, 1, pack(\"!bQs\", -1, 258, \"z\"))").bytes(2))
        .isEqualTo(new byte[] {-1, 0, 0, 0, 0, 0, 0, 1, 2, 'z'});
  }

  @Test
  void argumentThatIsLeftOut_hasAnotherValue() throws Exception {
    Arguments open = arguments("open(\"/a\", O_RDONLY)");
    assertThat(open.size()).isEqualTo(2);
    assertThat(open.number(2, 0777)).isEqualTo(0777);
    assertThatThrownBy(() -> open.number(0)).hasMessageContaining("argument 0");
    assertThatThrownBy(() -> open.bytes(1)).hasMessageContaining("argument 1");
  }
}
