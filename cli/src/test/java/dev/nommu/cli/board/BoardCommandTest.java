package dev.nommu.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.nommu.cli.Run;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DtbWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class BoardCommandTest {
  private static final String SMALL =
      """
      /dts-v1/;
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        reserved-memory {
          #address-cells = <1>; #size-cells = <1>; ranges;
          image@80000000 { reg = <0x80000000 0x100000>; };
        };
        serial@10000000 { compatible = "acme,unknown", "acme,serial"; reg = <0x10000000 0x100>; };
        rom@20000000 { compatible = "mtd-rom"; bank-width = <4>; reg = <0x20000000 0x10000>; };
        broken { compatible = "mtd-rom"; };
        off@40000000 { compatible = "mtd-ram"; status = "disabled"; reg = <0x40000000 0x1000>; };
      };
      """;

  @TempDir private Path directory;

  private Path small() throws IOException {
    return Files.writeString(directory.resolve("small.dts"), SMALL);
  }

  @Test
  void everyNode_isListedWithWhatCameOfIt() throws IOException {
    Run run = Run.of("board", "--board", small());
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern(
            "\n  serial@10000000 +0x10000000-0x10000100 +256 B +acme,unknown, acme,serial")
        .containsPattern(" acme,serial +no driver\n")
        .containsPattern("\n  rom@20000000 +0x20000000-0x20010000 +64 KiB +mtd-rom +driver mtd\n")
        .containsPattern("\n  broken +mtd-rom +driver mtd failed: \\S+ \\(.*reg")
        .containsPattern("\n  off@40000000 +0x40000000-0x40001000 +4 KiB +mtd-ram +disabled\n");
  }

  @Test
  void whatWasHardlyMeant_isAWarningOnStandardError() throws IOException {
    Path board =
        Files.writeString(
            directory.resolve("odd.dts"), SMALL.replace("serial@10000000", "serial@1000000"));

    Run run = Run.of("board", "--board", board);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo(
            board
                + ":10:3: warning: /serial@1000000: expected @10000000, where reg begins, found"
                + " @1000000\n");
  }

  @Test
  void memory_isListedByAddress() throws IOException {
    assertThat(Run.of("board", "--board", small()).out())
        .containsPattern("0x20000000-0x20010000 +64 KiB +20000000.rom rom@20000000")
        .containsPattern("0x80000000-0x81000000 +16 MiB +System RAM")
        .containsPattern("0x80000000-0x80100000 +1 MiB +reserved");
  }

  @Test
  void devicesAndMounts_areListed() {
    assertThat(Run.of("board").out())
        .containsPattern("└─ /dev/fb0 +character 29:0\n")
        .containsPattern("\n  brd\n  └─ /dev/ram0 +0x80000000-0x80100000 +1 MiB +block 1:0\n")
        .containsPattern("/m/romfs_rom +romfs +mtd:rom-romfs +ro")
        .containsPattern("/m/noexec +ramfs +noexec +noexec");
  }

  @Test
  void mountUnderALaterOne_isSaidToBeHidden() throws IOException {
    Path board =
        Files.writeString(
            directory.resolve("hidden.dts"),
            SMALL.replace(
                "serial@",
                """
                nommu { mounts {
                  below { source = "one"; target = "/m/below"; type = "ramfs"; };
                  over { source = "two"; target = "/m"; type = "ramfs"; };
                  inside { source = "three"; target = "/m/below"; type = "ramfs"; };
                  last { source = "four"; target = "/m/below"; type = "ramfs"; };
                }; };
                serial@\
                """));
    assertThat(Run.of("board", "--board", board).out())
        .containsPattern("/m/below +ramfs +one +hidden by two, mounted on /m later\n")
        .containsPattern("/m +ramfs +two\n")
        .containsPattern("/m/below +ramfs +three +hidden by four, mounted on /m/below later\n")
        .containsPattern("/m/below +ramfs +four\n");
  }

  @Test
  void blobWithoutTheNodeOfTheSimulation_boots() throws IOException {
    Path blob = directory.resolve("small.dtb");
    Files.write(blob, DtbWriter.write(DeviceTree.read(small())));
    Run run = Run.of("board", "--board", blob, "--profile", "linux-6.12");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("board: " + blob + ", profile: linux-6.12\n")
        .contains("\n  serial@10000000");
    assertThat(Run.of("matrix", "--board", blob).exitCode()).isZero();
  }

  @Test
  void absentBoard_isToldOnOneLine() {
    Run run = Run.of("board", "--board", directory.resolve("none.dts"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("nommu: " + directory.resolve("none.dts") + ": no such file or directory\n");
  }

  @Test
  void directoryAsBoard_isToldOnOneLine() {
    Run run = Run.of("board", "--board", directory);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("nommu: " + directory + ": ")
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @Test
  void malformedBoard_isToldWithItsPlace() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong.dts"), "/dts-v1/;\n/ { x = <; };\n");
    Run run = Run.of("board", "--board", wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("wrong.dts:2").doesNotContain("\tat ");
  }

  @Test
  void boardThatCannotBoot_isTold() throws IOException {
    String mounts =
        """
        / { nommu { mounts { x { source = "none"; target = "/x"; type = "hostfs"; }; }; }; };
        """;
    Path wrong = Files.writeString(directory.resolve("wrong.dts"), SMALL + mounts);
    Run run = Run.of("run", "--board", wrong, small());
    assertThat(run.exitCode()).isEqualTo(2);
    run = Run.of("matrix", "--board", wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("mount of none on /x").hasLineCount(1);
  }

  @Test
  void directoryOfTheHostThatIsNotThere_isNamedWithoutTheNameOfAnException() throws IOException {
    String mounts =
        """
        / { nommu {
          host { src { directory = "nowhere"; }; };
          mounts { x { source = "src"; target = "/x"; type = "hostfs"; }; };
        }; };
        """;
    Path wrong = Files.writeString(directory.resolve("wrong.dts"), SMALL + mounts);
    Run run = Run.of("board", "--board", wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("mount of src on /x", "nowhere: cannot be copied: no such file or directory")
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @Test
  void partitions_areAtTheirChipWithTheirAddressesAndMounts() {
    assertThat(Run.of("board", "--board", Run.recordedBoard()).out())
        .containsPattern(
            """
              flash@20000000 +0x20000000-0x22000000 +32 MiB +cfi-flash +driver mtd
              ├─ /dev/mtd0 +character 90:0
            """)
        .containsPattern(
            "  ├─ /dev/mtdblock1 +0x20100000-0x20200000 +1 MiB +block 31:1 \"nor-romfs\""
                + " +romfs on /m/romfs_nor\n")
        .containsPattern(
            """
              soc
              ├─ rtc@101000 .*
              ├─ serial@10000000 .*
              ├─ test@100000 .*
              ├─ virtio_mmio@10008000 .*
              │  └─ /dev/vda +4 MiB +block 254:0
            """);
  }

  private static JsonObject json(String board) {
    Run run = Run.of("board", "--board", board, "--json");
    assertThat(run.err()).isEmpty();
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static JsonObject with(JsonArray parts, String name, String value) {
    return StreamSupport.stream(parts.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(part -> part.get(name).getAsString().equals(value))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatTheBootLoaderSays_isHeededOrListed() {
    String board = Run.recordedBoard().resolveSibling("boot-loader.dts").toString();
    String arguments = "splash mem=4M";
    Run run = Run.of("board", "--board", board, "--memory", "8M", "--bootargs", arguments);
    assertThat(run.out())
        .contains("bootargs: splash mem=4M\nnot heeded: splash\n")
        .contains("0x40000000-0x40400000  4 MiB  System RAM");
  }

  @Test
  void directoryAsTheRoot_liesInTheFlash() throws IOException {
    Files.createDirectory(directory.resolve("proc"));
    Files.writeString(directory.resolve("hello"), "from the host");
    Path board = Run.recordedBoard().resolveSibling("uclinux.dts");
    Path session = Files.writeString(directory.resolve("session.txt"), "cat(\"/hello\")\n");
    String root = directory.toString();
    assertThat(Run.of("run", "--board", board.toString(), "--root", root, session.toString()).out())
        .contains("from the host");
    assertThat(Run.of("board", "--board", board.toString(), "--root", root).out())
        .contains("/dev/mtdblock1  0x20200000-0x203c0000", "cramfs on /")
        .contains("root=mtd:rootfs rootfstype=cramfs");
  }

  @Test
  void rootThatCannotBe_isTold() throws IOException {
    String uclinux = Run.recordedBoard().resolveSibling("uclinux.dts").toString();
    Path none = directory.resolve("none");
    assertThat(Run.of("board", "--board", uclinux, "--root", none.toString()).err())
        .isEqualTo("nommu: --root " + none + ": expected a directory, found none\n");
    String smallest = Run.recordedBoard().resolveSibling("smallest.dts").toString();
    Run withoutFlash = Run.of("board", "--board", smallest, "--root", directory.toString());
    assertThat(withoutFlash.exitCode()).isEqualTo(2);
    assertThat(withoutFlash.err()).endsWith("smallest.dts has no flash that can be mapped\n");
    Files.write(directory.resolve("large"), new byte[2 << 20]);
    assertThat(Run.of("board", "--board", uclinux, "--root", directory.toString()).err())
        .contains("mtd:rootfs of ", "uclinux.dts has 1835008");
  }

  @Test
  void ramThatTheBootLoaderDoesNotSay_isToldWithTheOption() {
    String board = Run.recordedBoard().resolveSibling("boot-loader.dts").toString();
    assertThat(Run.of("board", "--board", board).err()).contains("--memory SIZE[@ADDRESS]");
    assertThat(Run.of("board", "--board", board, "--memory", "8Q").err())
        .contains("--memory", "like 8M or 1G@0x80000000");
  }

  @Test
  void json_hasTheSame() {
    JsonObject all = json(Run.recordedBoard().toString());
    assertThat(all.keySet())
        .containsExactly(
            "version",
            "board",
            "profile",
            "bootargs",
            "unheededBootargs",
            "memory",
            "reserved",
            "freePages",
            "freeBlocks",
            "parts",
            "mounts");
    assertThat(all.get("freeBlocks")).hasToString("[0,0,0,0,0,0,1,1,1,1,24]");
    JsonObject flash = with(all.getAsJsonArray("parts"), "place", "/flash@20000000");
    assertThat(flash.get("addresses"))
        .hasToString("[{\"address\":\"0x20000000\",\"size\":33554432}]");
    assertThat(flash.get("outcome")).hasToString("{\"what\":\"bound\",\"driver\":\"mtd\"}");
    assertThat(with(flash.getAsJsonArray("devices"), "path", "/dev/mtdblock1"))
        .hasToString(
            "{\"path\":\"/dev/mtdblock1\",\"kind\":\"block\",\"number\":\"31:1\","
                + "\"driver\":\"mtd\",\"label\":\"nor-romfs\",\"size\":1048576,"
                + "\"address\":\"0x20100000\",\"mounts\":[\"/m/romfs_nor\"]}");
    assertThat(with(all.getAsJsonArray("mounts"), "path", "/m/noexec").get("flags"))
        .hasToString("[\"noexec\"]");
  }

  @Test
  void json_saysWhyADriverFailed() throws IOException {
    JsonArray parts = json(small().toString()).getAsJsonArray("parts");
    assertThat(with(parts, "place", "/broken").getAsJsonObject("outcome").keySet())
        .containsExactly("what", "driver", "reason");
  }

  private Element svg(Path board) throws Exception {
    Path picture = directory.resolve("memory.svg");
    Run run = Run.of("board", "--board", board, "--svg", picture);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Files.newInputStream(picture))
        .getDocumentElement();
  }

  private static List<String> all(Element svg, String tag, String kind) {
    NodeList found = svg.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> (Element) found.item(i))
        .filter(element -> element.getAttribute("class").equals(kind))
        .map(element ->
            tag.equals("text") ? element.getTextContent() : element.getAttribute("height"))
        .toList();
  }

  /** 16 MiB, of which 1 MiB is reserved, are 420 pixels high. */
  @Test
  void svg_isToScaleAndSaysTheScale() throws Exception {
    Element svg = svg(small());
    assertThat(all(svg, "text", "faint")).contains("16 MiB, 1 pixel is 39.0 KiB");
    assertThat(all(svg, "rect", "reserved")).contains("26.25");
    assertThat(all(svg, "rect", "free")).endsWith("26.25", "52.50", "315.00");
    assertThat(all(svg, "text", "label"))
        .contains(
            "0x80000000  reserved: 1 MiB",
            "0x80100000  free: 1 MiB (order 8)",
            "0x80400000  free: 3 × 4 MiB (order 10)",
            "0x20000000  20000000.rom: 64 KiB, /dev/mtdblock0");
  }

  @Test
  void svg_hasALabelForEachPartitionHoweverSmall_andNoTwoOfThemOverlap() throws Exception {
    Element svg = svg(Run.recordedBoard());
    NodeList texts = svg.getElementsByTagName("text");
    Map<String, List<Double>> places = new HashMap<>();
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (text.getAttribute("class").equals("label")) {
        Element column = (Element) text.getParentNode();
        places
            .computeIfAbsent(column.getAttribute("transform"), each -> new ArrayList<>())
            .add(Double.parseDouble(text.getAttribute("y")));
      }
    }
    assertThat(places.values())
        .allSatisfy(column -> {
          for (int i = 1; i < column.size(); i++) {
            assertThat(column.get(i) - column.get(i - 1)).isGreaterThanOrEqualTo(14.9);
          }
        });
    assertThat(all(svg, "text", "label"))
        .contains("0x20100000  nor-romfs: 1 MiB, /dev/mtdblock1", "0x81000000  used: 256 KiB");
  }

  @Test
  void svg_escapesNames() throws Exception {
    Path board = Files.writeString(directory.resolve("a&b<c.dts"), SMALL);
    assertThat(all(svg(board), "text", "title").getFirst()).endsWith("a&b<c.dts");
  }

  @Test
  void svgThatCannotBeWritten_isTold() throws IOException {
    Path absent = directory.resolve("no").resolve("memory.svg");
    Run run = Run.of("board", "--board", small(), "--svg", absent);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith(absent + ": cannot be written: ").hasLineCount(1);
  }
}
