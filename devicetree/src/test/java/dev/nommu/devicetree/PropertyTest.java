package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Value types: Devicetree Specification v0.4, 2.2.4. */
class PropertyTest {
  private static Property property(String source) throws DeviceTreeException {
    return Trees.rootWith("n@1 { p = " + source + "; };")
        .root()
        .child("n")
        .orElseThrow()
        .requireProperty("p");
  }

  private static void assertFails(ThrowingRead read, String end) {
    assertThatThrownBy(read::run)
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage("test.dts:1:21: /n@1: property p: " + end);
  }

  private interface ThrowingRead {
    void run() throws DeviceTreeException;
  }

  @Test
  void oneString_isReadWithoutItsNul() throws DeviceTreeException {
    assertThat(property("\"simple-bus\"").asString()).isEqualTo("simple-bus");
    assertThat(property("\"\"").asString()).isEmpty();
  }

  @Test
  void oneString_isNotSeveral() throws DeviceTreeException {
    Property two = property("\"a\", \"b\"");

    assertFails(two::asString, "expected one string, found 2 strings");
  }

  @Test
  void strings_areSplitAtEachNul() throws DeviceTreeException {
    assertThat(property("\"a\", \"\", \"b\\0c\"").asStrings()).containsExactly("a", "", "b", "c");
  }

  @Test
  void strings_mustEndInNul() throws DeviceTreeException {
    Property bytes = property("[61 62]");

    assertFails(bytes::asStrings, "expected strings ending in NUL, found 2 bytes that end in 0x62");
    assertFails(
        bytes::asString, "expected one string ending in NUL, found 2 bytes that end in 0x62");
  }

  @Test
  void strings_areAtLeastOne() throws DeviceTreeException {
    Property empty = property("[]");

    assertFails(empty::asStrings, "expected strings, found no value");
  }

  @Test
  void numbers_areBigEndianAndUnsigned() throws DeviceTreeException {
    assertThat(property("[ff 00 00 01]").asU32()).isEqualTo(0xff000001L);
    assertThat(property("<0x1 0x2>").asU64()).isEqualTo(0x100000002L);
    assertThat(property("<0xffffffff 7>").asCells()).containsExactly(0xffffffffL, 7L);
    assertThat(property("<>").asCells()).isEmpty();
  }

  @Test
  void numbers_haveTheirSize() throws DeviceTreeException {
    Property three = property("[00 00 01]");

    assertFails(three::asU32, "expected one 32-bit cell (4 bytes), found 3 bytes");
    assertFails(three::asU64, "expected two 32-bit cells (8 bytes), found 3 bytes");
    assertFails(three::asCells, "expected 32-bit cells (a multiple of 4 bytes), found 3 bytes");
  }

  @Test
  void bytes_areACopy() throws DeviceTreeException {
    Property property = property("[01 02]");
    property.bytes()[0] = 9;

    assertThat(property.bytes()).containsExactly(1, 2);
  }

  @Test
  void equality_isNameAndBytes() throws DeviceTreeException {
    assertThat(property("\"a\"")).isEqualTo(property("[61 00]")).isNotEqualTo(property("\"b\""));
  }
}
