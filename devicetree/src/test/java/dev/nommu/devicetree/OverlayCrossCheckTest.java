package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dtc and fdtoverlay make of the same overlays; skipped where they are not installed. */
class OverlayCrossCheckTest {
  private static final String BASE =
      """
      /dts-v1/; /memreserve/ 0x1000 0x2000;
      / { #address-cells = <1>; #size-cells = <1>;
        model = "base"; ref = <&gpio>;
        aliases { serial0 = &uart; };
        soc: soc { compatible = "simple-bus"; ranges;
          uart: console: serial@10 { reg = <0x10 1>; status = "disabled"; };
          gpio: gpio@20 { reg = <0x20 1>; phandle = <7>; };
          plain@30 { reg = <0x30 1>; };
        };
      };
      """;

  @TempDir Path directory;
  private Dtc dtc;

  @BeforeEach
  void requireDtc() {
    dtc = new Dtc(directory);
  }

  private static String plugin(String content) {
    return "/dts-v1/; /plugin/; " + content;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&uart { status = \"okay\"; a = <&x &y 3 &x>; n { l: m { z = <&l>; }; }; };"
            + " &{/soc} { q; }; &uart { r; };",
        "&l { m: n { }; }; &m { a; }; k: &m { b; };",
        "/ { fragment@0 { target-path = \"/\"; __overlay__ { a: a { b = <&a 1 &a>, <&a>; }; }; };"
            + " };",
        "/ { fragment@5 { target = <&x>; __overlay__ { c = <&y>, \"t\", <&y &z>; }; }; }; &z { };",
        "/memreserve/ 1 2; &x { p = <1>; };",
        "/ { };",
        "/ { l: a { phandle = <4>; b = <&l &m 3 &m>; m: q { p = <&none>; }; }; };",
        "&{/} { a; }; &{/soc/u@1} { b { }; };",
        "/ { x: y { }; }; &x { z = &x; };",
      })
  void source_isTheSameOverlay(String content) throws IOException {
    DeviceTree ours = Trees.source(plugin(content));

    assertThat(ours)
        .as("without symbols")
        .isEqualTo(DeviceTree.parseDtb(dtc.compile(plugin(content)), "dtc.dtbo"));
    assertThat(dtc.sorted(DtbWriter.write(ours.withSymbols())))
        .as("with symbols")
        .isEqualTo(dtc.sorted(dtc.compileWithSymbols(plugin(content))));
  }

  private void assertSameResult(String base, String... overlays) throws IOException {
    DeviceTree ours = Trees.source(base);
    List<byte[]> blobs = new ArrayList<>();
    for (String overlay : overlays) {
      ours = ours.withOverlay(Trees.source(overlay));
      blobs.add(dtc.compileWithSymbols(overlay));
    }
    byte[] theirs = dtc.overlay(dtc.compileWithSymbols(base), blobs.toArray(byte[][]::new));

    assertThat(dtc.sorted(DtbWriter.write(ours))).isEqualTo(dtc.sorted(theirs));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&uart { status = \"okay\"; };",
        "&soc { new@40 { reg = <0x40 1>; gpios = <&gpio 1>, <&console 2>; }; };",
        "&soc { a: new@40 { reg = <0x40 1>; self = <&a &gpio &a>; b { up = <&a>; }; }; };",
        "&{/soc/plain@30} { more; reg = <0x30 2>; };",
        "&{/} { model = \"other\"; l: x { p = <&l>; }; };",
        "/ { fragment@9 { target-path = \"serial0\"; __overlay__ { a; }; }; };",
        "/ { junk { a = <&uart>; }; fragment@1 { target = <&uart>; __overlay__ { b { }; }; }; };",
        "/ { fragment@1 { target = <7>; __overlay__ { c = <&gpio>; }; }; };",
        "&{/} { board { }; }; &{/board} { a; }; &{/} { board { b; }; };",
      })
  void result_isThatOfFdtoverlay(String overlay) throws IOException {
    assertSameResult(BASE, plugin(overlay));
  }

  @Test
  void labelsOfAnOverlay_canBeMeantByTheNext() throws IOException {
    assertSameResult(
        BASE,
        plugin("&soc { bus: bus@50 { reg = <0x50 1>; }; }; &{/} { top: top { }; };"),
        plugin("&bus { dev: dev { at = <&bus &gpio>; }; }; &top { t = <&top>; };"),
        plugin("&dev { last = <&dev>; };"));
  }

  @Test
  void ourBlobs_areTakenByFdtoverlay() throws IOException {
    DeviceTree base = Trees.source(BASE);
    DeviceTree overlay = Trees.source(plugin("&uart { g = <&gpio>; k: k { l = <&k>; }; };"));

    byte[] theirs =
        dtc.overlay(DtbWriter.write(base.withSymbols()), DtbWriter.write(overlay.withSymbols()));

    assertThat(dtc.sorted(theirs))
        .isEqualTo(dtc.sorted(DtbWriter.write(base.withOverlay(overlay))));
  }

  @Test
  void blobsOfDtc_giveTheSame() throws IOException {
    String overlay = plugin("&uart { g = <&gpio>; k: k { l = <&k>; }; };");
    byte[] base = dtc.compileWithSymbols(BASE);
    byte[] blob = dtc.compileWithSymbols(overlay);

    DeviceTree ours = DeviceTree.parseDtb(base, "b").withOverlay(DeviceTree.parseDtb(blob, "o"));

    assertThat(dtc.sorted(DtbWriter.write(ours))).isEqualTo(dtc.sorted(dtc.overlay(base, blob)));
  }

  @Test
  void randomOverlays_giveTheSame() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      RandomSource random = new RandomSource(seed);
      String base = random.tree();

      assertSameResult(base, new RandomSource(seed).overlay());
    }
  }
}
