package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree a real kernel booted from, in both forms. */
class OracleTreeTest {
  @Test
  void blobAndSource_areEqualTrees() throws IOException {
    DeviceTree blob = DeviceTree.parseDtb(Trees.oracleDtb(), "oracle.dtb");
    DeviceTree source = Trees.source(Trees.oracleDts());

    assertThat(source).isEqualTo(blob).hasSameHashCodeAs(blob);
    assertThat(blob.nodes()).hasSize(40);
  }

  @Test
  void read_ofABlobThatIsNone_saysWhatIsThereInsteadOfItsMagic(@TempDir Path directory)
      throws IOException {
    Path noBlob = Files.writeString(directory.resolve("board.dtb"), "garbage");

    assertThatThrownBy(() -> DeviceTree.read(noBlob))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContainingAll("board.dtb: byte 0x0", "0xd00dfeed", "0x67617262");
  }

  @Test
  void read_tellsBlobFromSourceByItsMagic(@TempDir Path directory) throws IOException {
    Path misnamed = Files.write(directory.resolve("board.dts"), Trees.oracleDtb());
    Path source = Files.writeString(directory.resolve("board"), Trees.oracleDts());

    assertThat(DeviceTree.read(misnamed)).isEqualTo(DeviceTree.read(source));
  }

  @Test
  void octalEscapeBeforeADigit_isOneByteThenTheDigit() throws IOException {
    Node serial = Trees.node(Trees.source(Trees.oracleDts()), "/soc/serial@10000000");

    assertThat(serial.requireProperty("clock-frequency").asU32()).isEqualTo(3686400);
  }

  @Test
  void chosenMemoryAndFlash_readAsTheMachineHasThem() throws IOException {
    DeviceTree tree = DeviceTree.parseDtb(Trees.oracleDtb(), "oracle.dtb");

    assertThat(Trees.node(tree, "/memory@80000000").reg())
        .containsExactly(new AddressRange(0x80000000L, 0x7400000));
    assertThat(Trees.node(tree, "/platform-bus@4000000").compatible())
        .containsExactly("qemu,platform", "simple-bus");
    Node partition = Trees.node(tree, "/flash@20000000/partitions/p1@100000");
    assertThat(partition.requireProperty("label").asString()).isEqualTo("nor-romfs");
    assertThat(partition.reg()).containsExactly(new AddressRange(0x100000, 0x100000));
    Node cpu = Trees.node(tree, "/cpus/cpu@0");
    assertThat(cpu.reg()).containsExactly(new AddressRange(0, 0));
  }

  @Test
  void phandle_findsItsNode() throws IOException {
    DeviceTree tree = DeviceTree.parseDtb(Trees.oracleDtb(), "oracle.dtb");
    long parent = Trees.node(tree, "/soc/rtc@101000").requireProperty("interrupt-parent").asU32();

    assertThat(tree.nodeByPhandle(parent)).contains(Trees.node(tree, "/soc/plic@c000000"));
    assertThat(tree.nodeByPhandle(99)).isEmpty();
  }
}
