package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Property values in source: Devicetree Specification v0.4, 6.3; bytes worked out by hand. */
class DtsValueTest {
  private static String hex(String source) throws DeviceTreeException {
    return HexFormat.of().formatHex(Trees.value(source));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<1 0x2A 010>|000000010000002a00000008",
        "<0XfFUL 3ULL 4U 5LL 6L>|000000ff0000000300000004 0000000500000006",
        "<4294967295 18446744073709551615>|ffffffffffffffff",
        "<>|``",
        "<'a' '\\n' '\\'' '\\x7' '\\0'>|000000610000000a000000270000000700000000",
        "/bits/ 8 <1 0xff (-1)>|01ffff",
        "/bits/ 16 <0x102 (-2)>|0102fffe",
        "/bits/ 32 <1>|00000001",
        "/bits/ 64 <0x102 (-1)>|0000000000000102ffffffffffffffff",
        "[001aFf ff]|001affff",
        "[]|``",
        "\"ab\"|616200",
        "\"a\", \"b\"|61006200",
        "\"a\", <1>, [02], /bits/ 16 <3>|610000000001020003",
        "\"\\a\\b\\t\\n\\v\\f\\r\\e\\\\\\\"\"|0708090a0b0c0d655c2200",
        "\"\\08@\\1234\\x414\\x4g\"|003840533441340467 00",
        "\"\\377\\777\"|ffff00",
        "\"\u00e9\"|c3a900",
        "one: <two: 1 three: 2 four:>, five: [six: ab seven:] eight:|0000000100000002ab",
      })
  void value_isTheseBytes(String source, String bytes) throws DeviceTreeException {
    assertThat(hex(source)).isEqualTo(bytes.replace(" ", ""));
  }

  @Test
  void commentsAndLines_mayStandBetweenAnyTokens() throws DeviceTreeException {
    assertThat(hex("< 1 /* one\n * more **/ 2 // two >\n\t\r\n(1/**/+ 2)>"))
        .isEqualTo("000000010000000200000003");
  }

  @Test
  void string_mayGoOverLines() throws DeviceTreeException {
    assertThat(hex("\"a\nb // c\"")).isEqualTo("610a62202f2f206300");
  }

  @Test
  void propertyWithoutValue_isEmpty() throws DeviceTreeException {
    assertThat(Trees.rootWith("flag;").root().requireProperty("flag").size()).isZero();
  }
}
