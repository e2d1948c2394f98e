package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flattened trees: Devicetree Specification v0.4, chapter 5. Blobs are built by hand. */
class DtbReaderTest {
  private static BlobBuilder small() {
    return new BlobBuilder()
        .begin("")
        .property(0, (byte) 1, (byte) 2, (byte) 3)
        .begin("n@1")
        .property(2)
        .end()
        .end()
        .finish()
        .strings("a\0flag\0");
  }

  private static DeviceTree parse(byte[] blob) throws DeviceTreeException {
    return DeviceTree.parseDtb(blob, "t.dtb");
  }

  private static void assertFails(byte[] blob, int offset, String rest) {
    assertThatThrownBy(() -> parse(blob))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage("t.dtb: byte 0x%x: %s", offset, rest);
  }

  private static byte[] with(byte[] blob, int offset, int value) {
    return ByteBuffer.wrap(blob).putInt(offset, value).array();
  }

  @Test
  void tree_isReadWithItsPlaces() throws DeviceTreeException {
    DeviceTree tree = parse(small().build());

    assertThat(tree).isEqualTo(withBootCpu(Trees.rootWith("a = [010203]; n@1 { flag; };")));
    assertThat(tree.bootCpuId()).isEqualTo(5);
    assertThat(Trees.node(tree, "/n").location()).hasToString("t.dtb: byte 0x50");
    assertThat(tree.root().requireProperty("a").location()).hasToString("t.dtb: byte 0x40");
  }

  private static DeviceTree withBootCpu(DeviceTree tree) {
    return new DeviceTree(tree.root(), tree.memoryReservations(), 5);
  }

  @Test
  void nops_areSkippedAnywhere() throws DeviceTreeException {
    byte[] blob =
        new BlobBuilder()
            .nop()
            .begin("")
            .nop()
            .property(0)
            .nop()
            .nop()
            .end()
            .nop()
            .finish()
            .strings("a\0")
            .build();

    assertThat(parse(blob).root().properties()).extracting(Property::name).containsExactly("a");
  }

  @Test
  void bytesAfterTheTotalSize_areIgnored() throws DeviceTreeException {
    byte[] blob = small().build();

    assertThat(parse(Arrays.copyOf(blob, blob.length + 100))).isEqualTo(parse(blob));
  }

  @Test
  void reservations_endWithZeroes() throws DeviceTreeException {
    DeviceTree tree = Trees.source("/dts-v1/; /memreserve/ 0x0 0x10; /memreserve/ 0x20 0; / { };");

    assertThat(parse(DtbWriter.write(tree)).memoryReservations())
        .containsExactly(new AddressRange(0, 0x10), new AddressRange(0x20, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0xd00dfeee|magic: expected 0xd00dfeed, found 0xd00dfeee",
        "4|39|totalsize: expected 0x28 to 0x77, found 0x27",
        "4|0x78|totalsize: expected 0x28 to 0x77, found 0x78",
        "4|0xffffffff|totalsize: expected 0x28 to 0x77, found 0xffffffff",
        "8|0x78|off_dt_struct: expected 0x28 to 0x77, found 0x78",
        "8|0x39|off_dt_struct: expected a multiple of 4, found 0x39",
        "8|0|off_dt_struct: expected 0x28 to 0x77, found 0x0",
        "12|0x78|off_dt_strings: expected 0x28 to 0x77, found 0x78",
        "16|0xfffffff8|off_mem_rsvmap: expected 0x28 to 0x77, found 0xfffffff8",
        "16|0x2c|off_mem_rsvmap: expected a multiple of 8, found 0x2c",
        "20|16|version: expected 0x11 to 0xffffffff, found 0x10",
        "24|18|last_comp_version: expected 0x0 to 0x11, found 0x12",
        "32|0x80000000|size_dt_strings: expected 0x0 to 0x7, found 0x80000000",
        "36|0x40|size_dt_struct: expected 0x0 to 0x3f, found 0x40",
      })
  void header_isCheckedFieldByField(int offset, long value, String rest) {
    assertFails(with(small().build(), offset, (int) value), offset, "header: " + rest);
  }

  @Test
  void headerCutShort_isNamed() {
    assertFails(new byte[0], 0, "header: magic: expected a header of 40 bytes, found 0 bytes");
    assertFails(
        Arrays.copyOf(small().build(), 4),
        4,
        "header: totalsize: expected a header of 40 bytes, found 4 bytes");
  }

  @Test
  void version17Successors_areReadIfCompatible() throws DeviceTreeException {
    assertThat(parse(with(with(small().build(), 20, 18), 24, 17)).root().children()).hasSize(1);
  }

  @Test
  void reservationsWithoutAnEnd_areAnError() {
    byte[] blob = with(small().build(), 16, 0x70);

    assertFails(
        blob,
        0x70,
        "memory reservations: expected an entry of zeroes at their end, found the end of the"
            + " blob");
  }

  @Test
  void reservationThatWraps_isAnError() {
    byte[] blob = small().build();
    ByteBuffer.wrap(blob).putLong(40, -1).putLong(48, 2);

    assertFails(
        blob,
        40,
        "memory reservations: expected ranges inside the 64-bit address space, found"
            + " 0xffffffffffffffff+0x2");
  }

  @Test
  void root_isFirstAndHasNoName() {
    assertFails(
        new BlobBuilder().end().finish().build(),
        0x38,
        "structure block: expected FDT_BEGIN_NODE of the root, found token 0x2");
    assertFails(
        new BlobBuilder().begin("x").end().finish().build(),
        0x38,
        "root node: expected no name, found 'x'");
  }

  @Test
  void structure_endsWithTheRootAndItsBlock() {
    assertFails(
        new BlobBuilder().begin("").end().begin("").end().finish().build(),
        0x44,
        "structure block: expected FDT_END after the root node, found token 0x1");
    assertFails(
        new BlobBuilder().begin("").end().finish().word(0).build(),
        0x48,
        "structure block: expected its end, at 0x48, found 0x4c");
    assertFails(
        new BlobBuilder().begin("").build(),
        0x40,
        "structure block: expected 4 more bytes, found its end");
  }

  @Test
  void unknownToken_isAnError() {
    assertFails(
        new BlobBuilder().begin("").word(7).end().finish().build(),
        0x40,
        "structure block: expected FDT_PROP, FDT_BEGIN_NODE or FDT_END_NODE, found token 0x7");
  }

  @Test
  void nodeName_endsInItsBlockAndWithinItsLength() {
    assertFails(
        new BlobBuilder().word(1).word(0x61616161).build(),
        0x3c,
        "name of a node: expected a NUL after at most 255 bytes, found no NUL");
    assertFails(
        new BlobBuilder().begin("").begin("a".repeat(256)).end().end().finish().build(),
        0x44,
        "name of a node: expected a NUL after at most 255 bytes, found no NUL");
  }

  @Test
  void names_haveTheirCharactersOnly() {
    assertFails(
        new BlobBuilder().begin("").begin("a/b").end().end().finish().build(),
        0x40,
        "in /: expected a node name (letters, digits, ,._+*#?- and at most one @) of 1 to 255"
            + " characters, found 'a/b'");
    assertFails(
        new BlobBuilder().begin("").begin("").end().end().finish().build(),
        0x40,
        "in /: expected a node name (letters, digits, ,._+*#?- and at most one @) of 1 to 255"
            + " characters, found ''");
    assertFails(
        new BlobBuilder().begin("").property(1).end().finish().strings("a\0").build(),
        0x40,
        "in /: expected a property name (letters, digits, ,._+*#?-) of 1 to 255 characters, found"
            + " ''");
  }

  @Test
  void propertyName_isInsideTheStringsBlock() {
    assertFails(
        new BlobBuilder().begin("").property(2).end().finish().strings("a\0").build(),
        0x48,
        "name of a property: expected an offset into the strings block of 2 bytes, found 0x2");
    assertFails(
        new BlobBuilder().begin("").property(-1).end().finish().strings("a\0").build(),
        0x48,
        "name of a property: expected an offset into the strings block of 2 bytes, found"
            + " 0xffffffff");
    assertFails(
        new BlobBuilder().begin("").property(0).end().finish().strings("abc").build(),
        0x54,
        "name of a property: expected a NUL after at most 255 bytes, found no NUL");
  }

  @Test
  void value_isInsideTheStructureBlock() {
    assertFails(
        new BlobBuilder().begin("").word(3).word(9).word(0).word(0).end().strings("a\0").build(),
        0x4c,
        "/: property a: expected a value of at most 8 bytes, found 9 bytes");
    assertFails(
        new BlobBuilder().begin("").word(3).word(-1).word(0).end().finish().strings("a\0").build(),
        0x4c,
        "/: property a: expected a value of at most 8 bytes, found 4294967295 bytes");
  }

  @Test
  void sameNameTwice_isAnError() {
    assertFails(
        new BlobBuilder().begin("").property(0).property(0).end().finish().strings("a\0").build(),
        0x4c,
        "/: expected property a once, found it again");
    assertFails(
        new BlobBuilder().begin("").begin("n").end().begin("n").end().end().finish().build(),
        0x4c,
        "/: expected node n once, found it again");
  }

  @Test
  void propertyAfterASubnode_isAnError() {
    assertFails(
        new BlobBuilder()
            .begin("")
            .begin("n")
            .end()
            .property(0)
            .end()
            .finish()
            .strings("a\0")
            .build(),
        0x4c,
        "/: expected properties before subnodes, found a property after them");
  }

  @Test
  void sixtyFourLevels_areTheMost() throws DeviceTreeException {
    assertThat(parse(nested(64)).nodes()).hasSize(64);
    assertFails(nested(65), 0x38 + 8 * 64, "nodes: expected at most 64 levels, found one more");
  }

  @Test
  void millionsOfOpenedNodes_areNoStackOverflow() {
    assertFails(
        nested(1_000_000), 0x38 + 8 * 64, "nodes: expected at most 64 levels, found one more");
  }

  private static byte[] nested(int levels) {
    BlobBuilder blob = new BlobBuilder().begin("");
    for (int i = 1; i < levels; i++) {
      blob.begin("n");
    }
    for (int i = 0; i < levels; i++) {
      blob.end();
    }
    return blob.finish().build();
  }
}
