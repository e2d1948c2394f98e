package dev.nommu.devicetree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dtc makes of the same input; skipped where dtc is not installed. */
class DtcCrossCheckTest {
  @TempDir Path directory;
  private Dtc dtc;

  @BeforeEach
  void requireDtc() {
    dtc = new Dtc(directory);
  }

  private void assertSameTree(String source) throws IOException {
    DeviceTree theirs = DeviceTree.parseDtb(dtc.compile(source), "dtc.dtb");

    assertThat(Trees.source(source)).as(source).isEqualTo(theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = <1 0x2A 010 0XfUL 3ULL 4LL>;",
        "a = <18446744073709551615 (-0xffffffff)>;",
        "a = /bits/ 8 <1 (-1)>, /bits/ 16 <0xffff>, /bits/ 64 <1>, /bits/ 32 <7>;",
        "a = <'a' '\\n' '\\'' '\\x7'>;",
        "a = \"\\a\\b\\t\\n\\v\\f\\r\\e\\q\\\\\\\"\\x4\\x414\\1234\\777\", \"line\nline\";",
        "a = <>, [], \"\"; b = [abCD 01]; c;",
        "a = <(1 << 64) (1 >> 70)>;",
        "a = <(1 ? 2 : 3) (0 ? 1 : 0 ? 2 : 5) (1 < 2 == 1) (!3) (~0 & 0xff)>;",
        "p: a = q: <r: 1 s: 2 t:>, u: [v: ab w:] x:, y: \"z\";",
        "x = <&c &b>; a { y = <&q>; q: q { phandle = <1>; }; }; b: b { phandle = <2>; };"
            + " c: c { };",
        "c: c { phandle = <&c>; }; d { x = <&c>; };",
        "a = &l, &{/}, &{/n@1}; l: n@1 { };",
        "a = <&u>, &v; /omit-if-no-ref/ u: u { }; v: /omit-if-no-ref/ v { };"
            + " /omit-if-no-ref/ w { x { }; };",
        "\\delete-me; #address-cells = <1>; a,b._+*?-; n,a.b_c+d-e@0,1 { };",
        "cpus { #address-cells = <1>; #size-cells = <0>; cpu@3 { reg = <3>; }; };",
        "l: m: n { }; }; k: &l { q; }; &k { r; }; &{/n} { s; }; / { t = &m;",
        "a = <1>; b = <2>; n1 { x; }; n2 { }; }; / { /delete-property/ a; /delete-node/ n1; }; /"
            + " { a = <3>; n1 { };",
        "l: n { k: m { }; }; }; /delete-node/ &l; / { l: o { k: p { }; }; }; &k { q;",
        "a; #else\n= <1>;",
        "a = <&b>; b: b { linux,phandle = <5>; };",
        "x = <&c>; c: c { }; b { linux,phandle = <1>; };",
        "b { linux,phandle = <5>; phandle = <5>; };",
        "b: b { linux,phandle = <&b>; }; c { x = <&b>; };",
        "b@1 { name = \"b\"; reg = <1>; }; c { name = [63 00]; d; };",
        "l: l: a; m: n: m: c { }; }; / { l: k: a = <1>;",
        "/delete-property/ a; l: /delete-property/ b; m: /delete-node/ c;",
        "\n# 12 \"other.dts\"\na;\n#line 13 \"x.dts\"\nb;",
      })
  void acceptedSource_isTheSameTree(String content) throws IOException {
    assertSameTree("/dts-v1/; / { " + content + " };");
  }

  @Test
  void reservations_areTheSame() throws IOException {
    assertSameTree(
        "/dts-v1/; /dts-v1/; a: /memreserve/ 0x1000 (1 + 2); b: c: /memreserve/ 5 6; / { };");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = <08>;",
        "a = <18446744073709551616>;",
        "a = <0x100000000>;",
        "a = <(-0x100000001)>;",
        "a = /bits/ 8 <256>;",
        "a = /bits/ 12 <1>;",
        "a = /bits/ 64 <&{/}>;",
        "a = [abc];",
        "a = <1 + 2>;",
        "a = <(+1)>;",
        "a = <(1 / 0)>;",
        "a = <(0 && 1 % 0)>;",
        "a = <''>;",
        "a = <'ab'>;",
        "a = \"\\xg\";",
        "a = <1> <2>;",
        "a = ;",
        "a",
        ";",
        "a; a;",
        "n { }; n { };",
        "n { }; a;",
        "a@1;",
        "a@1@2 { };",
        "l: a; l: b;",
        "l: a; l: b { };",
        "a = l: <1>; l: b { };",
        "a = <l: 1>, l: <2>;",
        "a = [l: 01 l:];",
        "l: a; }; / { a = \"x\" l:;",
        "b@1 { name = \"b@1\"; };",
        "b { name = \"b\", \"c\"; };",
        "b { name; };",
        "a#b { };",
        "a*b { };",
        "a?b { };",
        "linux,phandle = <0>;",
        "linux,phandle = <(-1)>;",
        "linux,phandle = <1 2>;",
        "phandle = <1>; linux,phandle = <2>;",
        "linux,phandle = <1>; n { phandle = <1>; };",
        "linux,phandle = <1>; n { linux,phandle = <1>; };",
        "n: n { }; m { linux,phandle = <&n>; };",
        "a = /incbin/(\"none\");",
        "a = /incbin/(\"in\", 1);",
        "phandle = <0>;",
        "phandle = <(-1)>;",
        "phandle = <1>; n { phandle = <1>; };",
        "phandle = <&n>; n: n { };",
        "l: a { }; l: b { };",
        "a = &l;",
        "a = <&{/n}>;",
        "l: n { }; }; /delete-node/ &l; / { a = &l;",
        "}; &l { ",
        "}; l: / { ",
        "}; /memreserve/ 0 1; / { ",
        "a = < /* >;",
      })
  void refusedSource_isRefusedHereToo(String content) throws IOException {
    String source = "/dts-v1/; / { " + content + " };";

    assertThat(dtc.refuses(source)).as("dtc refuses it").isTrue();
    assertThatThrownBy(() -> Trees.source(source)).isInstanceOf(DeviceTreeException.class);
  }

  @Test
  void randomExpressions_haveTheSameValues() throws IOException {
    RandomSource random = new RandomSource(25);
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      cells.append("(").append(random.expression(5)).append(")\n");
    }

    assertSameTree("/dts-v1/; / { a = /bits/ 64 <" + cells + ">; };");
  }

  @Test
  void randomTrees_areTheSame() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      assertSameTree(new RandomSource(seed).tree());
    }
  }

  @Test
  void formerNameOfPhandles_isCountedAndTheBlobAccepted() throws IOException {
    byte[] written =
        DtbWriter.write(
            Trees.rootWith("x = <&c>; a { linux,phandle = <1>; }; c: c { }; d { y = <&c>; };"));

    assertThat(dtc.convert(written, "dtb", "dtb")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/incbin/(\"f\")",
        "/incbin/ ( \"f\" , 2 , (1 + 2) ), \"x\"",
        "l: /incbin/(\"f\", 3, 100) m:",
        "/incbin/(\"f\", 20, 3)",
        "<1>, /incbin/(\"f\", 0, (-1)), [02]",
        "/incbin/(\"sub/../f\", 0, 0)",
      })
  void includedBytes_areTheSame(String value) throws IOException {
    Files.createDirectory(directory.resolve("sub"));
    Files.writeString(directory.resolve("f"), "abcdefgh");
    String source = "/dts-v1/; / { a = " + value + "; };";
    DeviceTree theirs = DeviceTree.parseDtb(dtc.compile(source), "dtc.dtb");

    assertThat(DeviceTree.read(Files.writeString(directory.resolve("a.dts"), source)))
        .isEqualTo(theirs);
  }

  @Test
  void writtenTree_isAcceptedAndSaysTheSame() throws IOException {
    DeviceTree tree = Trees.source(Trees.oracleDts());

    String source = new String(dtc.convert(DtbWriter.write(tree), "dtb", "dts"), UTF_8);

    assertThat(Trees.source(source)).isEqualTo(tree);
  }

  @Test
  void writtenSource_isAcceptedAndSaysTheSame() throws IOException {
    DeviceTree oracle = Trees.source(Trees.oracleDts());
    assertThat(DeviceTree.parseDtb(dtc.compile(DtsWriter.write(oracle)), "x")).isEqualTo(oracle);
    for (int seed = 100; seed < 150; seed++) {
      DeviceTree tree = Trees.source(new RandomSource(seed).tree());

      assertThat(DeviceTree.parseDtb(dtc.compile(DtsWriter.write(tree)), "x")).isEqualTo(tree);
    }
  }

  @Test
  void writtenTree_isByteForByteTheOracleOnceDtcSharesItsStrings() throws IOException {
    byte[] written = DtbWriter.write(Trees.source(Trees.oracleDts()));

    assertThat(dtc.convert(written, "dtb", "dtb")).isEqualTo(Trees.oracleDtb());
  }
}
