package dev.nommu.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Includes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The output shown in docs/DEVICETREE.md for these files. */
class SerialPortsTest {
  private static final Path BOARD = Path.of("serial.dts");
  private static final Path OVERLAY = Path.of("serial-overlay.dts");

  @Test
  void portsAreFound() throws Exception {
    assertEquals(
        List.of("/soc@10000000/serial@1000 is at 0x10001000+0x100"),
        SerialPorts.of(DeviceTree.read(BOARD)));
  }

  @Test
  void overlayTurnsOnTheSecond() throws Exception {
    DeviceTree tree = DeviceTree.parseDtb(SerialPorts.blob(BOARD, List.of(OVERLAY)), "serial.dtb");

    assertEquals(
        List.of(
            "/soc@10000000/serial@1000 is at 0x10001000+0x100",
            "/soc@10000000/serial@2000 is at 0x10002000+0x100"),
        SerialPorts.of(tree));
  }

  @Test
  void faultsAreAsTheGuideShowsThem() throws Exception {
    String guide = Files.readString(Path.of("../docs/DEVICETREE.md"));
    DeviceTree board = DeviceTree.read(BOARD);

    assertShown(
        guide, () -> source("/dts-v1/;\n/ {\n\tserial {\n\t\treg = <0x1000 0x100;\n\t};\n};"));
    assertShown(guide, () -> source("/dts-v1/;\n/ { a = \"x\"; b = <&uart>; };"));
    assertShown(guide, () -> DeviceTree.parseDtb(new byte[] {1, 2, 3, 4}, "serial.dtb"));
    assertShown(
        guide,
        () ->
            board.withOverlay(
                source(
                    "serial-overlay.dts",
                    "/dts-v1/;\n/plugin/;\n\n&uart9 { status = \"okay\"; };")));
    assertTrue(
        guide.contains(
            source("/dts-v1/;\n/ {\n\tserial@1000 { };\n};")
                .warnings()
                .toString()
                .replaceAll("[\\[\\]]", "")));
  }

  private static DeviceTree source(String text) throws DeviceTreeException {
    return source("serial.dts", text);
  }

  private static DeviceTree source(String name, String text) throws DeviceTreeException {
    return DeviceTree.parseDts(text, name, Includes.none());
  }

  private interface Reading {
    DeviceTree read() throws DeviceTreeException;
  }

  private static void assertShown(String guide, Reading reading) {
    String message = assertThrows(DeviceTreeException.class, reading::read).getMessage();
    assertTrue(guide.contains(message), message);
  }
}
