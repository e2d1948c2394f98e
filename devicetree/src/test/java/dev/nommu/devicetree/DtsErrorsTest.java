package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with source is said with line, column, expected and found. */
class DtsErrorsTest {
  private static void assertFails(String source, String place, String rest) {
    assertThatThrownBy(() -> Trees.source(source))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage("test.dts:" + place + ": " + rest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|1:1|version of the source: expected '/dts-v1/', found the end of the text",
        "/ { };|1:1|version of the source: expected '/dts-v1/', found '/'",
        "/dts-v1/ / { };|1:10|/dts-v1/: expected ';', found '/'",
        "/dts-v1/; /plugin/; /dts-v1/; / { };|1:31|/dts-v1/: expected /plugin/ after each or after"
            + " none, found it after some",
        "/dts-v1/; /plugin/ / { };|1:20|/plugin/: expected ';', found '/'",
        "/dts-v1/; /plugin/; l: &x { };|1:24|label before any node: expected /memreserve/, found"
            + " '&x'",
        "/dts-v1/; /plugin/; / { p = &x; };|1:29|reference: expected the label of a node, found"
            + " '&x', which names none",
        "/dts-v1/; /plugin/; / { p = <&{/x}>; };|1:30|reference: expected the path of a node, found"
            + " '&{/x}', which names none",
        "/dts-v1/; /plugin/; / { fragment@0 { }; }; &x { };|1:44|fragment of &x: expected the name"
            + " fragment@0 free for it, found that it is given",
        "/dts-v1/; /plugin/; / { }; /delete-node/ &x;|1:42|reference: expected the label of a node,"
            + " found '&x', which names none",
        "/dts-v1/;|1:10|definition: expected '/', &label, &{/path}, /delete-node/ or"
            + " /omit-if-no-ref/, found the end of the text",
        "/dts-v1/; / { }; /memreserve/ 0 1;|1:18|definition: expected '/', &label, &{/path},"
            + " /delete-node/ or /omit-if-no-ref/, found '/memreserve/'",
        "/dts-v1/; l: / { };|1:14|label before any node: expected /memreserve/, found '/'",
        "/dts-v1/; /memreserve/ 0 0; / { };|1:11|/memreserve/: expected a range inside the 64-bit"
            + " address space, not 0 and 0, found 0x0+0x0",
        "/dts-v1/; /memreserve/ (-1) 2; / { };|1:11|/memreserve/: expected a range inside the"
            + " 64-bit address space, not 0 and 0, found 0xffffffffffffffff+0x2",
        "/dts-v1/; / { }; &none { };|1:18|reference: expected the label of a node, found '&none',"
            + " which names none",
        "/dts-v1/; / { }; &{/a/b} { };|1:18|reference: expected the path of a node, found"
            + " '&{/a/b}', which names none",
        "/dts-v1/; / { }; /delete-node/ &{/};|1:32|/delete-node/: expected a node below the root,"
            + " found the root",
        "/dts-v1/; / { }; /delete-node/ a;|1:32|/delete-node/: expected &label or &{/path}, found"
            + " 'a'",
        "/dts-v1/; / { }|1:16|node /: expected ';', found the end of the text",
        "/dts-v1/; / { } /* x|1:17|comment: expected */ at its end, found the end of the text",
      })
  void wholeSource_isCheckedInItsOrder(String source, String place, String rest) {
    assertFails(source, place, rest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = <1>|1:23|property a: expected ';', found '}'",
        "a = ;|1:19|property value: expected \"string\", <cells>, [bytes], /bits/, /incbin/"
            + " or &reference, found ';'",
        "a = /incbin/ \"x\";|1:28|/incbin/: expected '(', found '\"'",
        "a = /incbin/(x);|1:28|/incbin/: expected a file name in quotes, found 'x'",
        "a = /incbin/(\"x\", 1);|1:34|/incbin/: expected ',', found ')'",
        "a = /incbin/(\"x\", 1, y);|1:36|/incbin/: expected a number, or an expression in"
            + " parentheses, found 'y'",
        "a = /incbin/(\"x\";|1:31|/incbin/: expected ')', found ';'",
        "a = /incbin/(\"x\");|1:28|/incbin/ 'x': expected a readable file, found IOException: no"
            + " file can be read here",
        "a = <1 x>;|1:22|cells: expected a number, or an expression in parentheses, found 'x'",
        "a = <1 + 2>;|1:22|cells: expected a number, or an expression in parentheses, found '+'",
        "a = <(1 + )>;|1:25|expression: expected a number, or an expression in parentheses, found"
            + " ')'",
        "a = <(1 ? 2)>;|1:26|expression: expected ':', found ')'",
        "a = <(1>;|1:23|expression: expected a number, or an expression in parentheses, found ';'",
        "a = <08>;|1:20|number: expected an unsigned 64-bit number, octal if it starts with 0,"
            + " found '08'",
        "a = <18446744073709551616>;|1:20|number: expected an unsigned 64-bit number, octal if it"
            + " starts with 0, found '18446744073709551616'",
        "a = <0x100000000>;|1:20|cells: expected a number of 32 bits, found 0x100000000",
        "a = /bits/ 8 <256>;|1:29|cells: expected a number of 8 bits, found 0x100",
        "a = <(-0x100000001)>;|1:20|cells: expected a number of 32 bits, found"
            + " 0xfffffffeffffffff",
        "a = /bits/ 12 <1>;|1:26|/bits/: expected 8, 16, 32 or 64, found 12",
        "a = /bits/ <1>;|1:26|/bits/: expected 8, 16, 32 or 64, found '<'",
        "a = /bits/ 64 <&{/}>;|1:30|cells: expected references only among cells of 32 bits, found"
            + " &{/}",
        "a = [00 1];|1:23|bytes: expected two hexadecimal digits or ']', found '1'",
        "a = \"x;|1:19|quoted text: expected \" at its end, found the end of the text",
        "a = \"\\xg\";|1:19|quoted text: expected hexadecimal digits after \\x, found none",
        "a = <'ab'>;|1:20|character: expected one byte between the quotes, found 2 bytes",
        "a = <&{/b}>;|1:20|reference: expected the path of a node, found '&{/b}', which names none",
        "a = &no;|1:19|reference: expected the label of a node, found '&no', which names none",
        "a; a;|1:18|node /: expected property a once between its braces, found it again",
        "n { }; n { };|1:22|node /: expected node n once between its braces, found it again",
        "n { }; a;|1:22|node /: expected properties before subnodes, found a after them",
        "/delete-node/ n; a;|1:32|node /: expected properties before subnodes, found a after them",
        "n { }; /delete-property/ a;|1:22|node /: expected properties before subnodes, found"
            + " /delete-property/ after them",
        "a@1;|1:15|node /: expected a property name (letters, digits, ,._+*#?-) of 1 to 255"
            + " characters, found 'a@1'",
        "a@1@2 { };|1:15|node /: expected a node name (letters, digits, ,._+- and at most one @)"
            + " of 1 to 255 characters, found 'a@1@2'",
        "a#b { };|1:15|node /: expected a node name (letters, digits, ,._+- and at most one @) of"
            + " 1 to 255 characters, found 'a#b'",
        ";|1:15|node /: expected a name, found ';'",
        "l: b { }; l: c { };|1:25|label 'l': expected a label of /c alone, found that it is one of"
            + " /b",
        "l: a; n { l: b; };|1:25|label 'l': expected a label of property b of /n alone, found that"
            + " it is one of property a of /",
        "a = l: <1>; l: n { };|1:19|label 'l': expected a label of the value of property a of /"
            + " alone, found that it is one of /n",
        "a = <1 l:>, <l: 2>;|1:28|label 'l': expected a label of the value of property a of /"
            + " alone, found that it is one of the value of property a of /",
        "l: a; }; / { a = l: <2>;|1:32|label 'l': expected a label of the value of property a of /"
            + " alone, found that it is one of property a of /",
        "b@1 { name = \"b@1\"; };|1:21|property name: expected the name of its node, 'b', found"
            + " 'b@1'",
        "b { name = \"b\", \"c\"; };|1:19|property name: expected the name of its node, 'b', found"
            + " 'b\\x00c'",
        "b { name; };|1:19|property name: expected the name of its node, 'b', found ''",
        "linux,phandle = <0>;|1:15|property linux,phandle: expected a phandle of 1 to 0xfffffffe,"
            + " found 0x0",
        "phandle = <(-1)>;|1:15|property phandle: expected a phandle of 1 to 0xfffffffe, found"
            + " 0xffffffff",
        "phandle = <1>; linux,phandle = <2>;|1:30|property linux,phandle: expected 0x1, which"
            + " phandle says, found 0x2",
        "linux,phandle = <1>; b { phandle = <1>; };|1:40|property phandle: expected a phandle of"
            + " one node, found 0x1, which another node has",
        "phandle = <0>;|1:15|property phandle: expected a phandle of 1 to 0xfffffffe, found 0x0",
        "phandle = <1 2>;|1:15|property phandle: expected one cell, found 8 bytes",
        "phandle;|1:15|property phandle: expected one cell, found no value",
        "phandle = <1>; b { phandle = <1>; };|1:34|property phandle: expected a phandle of one"
            + " node, found 0x1, which another node has",
        "phandle = <&b>; b: b { };|1:15|property phandle: expected a number, or a reference to the"
            + " node itself, found another reference",
      })
  void contentOfANode_isCheckedWhereItStands(String content, String place, String rest) {
    assertFails("/dts-v1/; / { " + content + " };", place, rest);
  }

  @ParameterizedTest
  @CsvSource({
    "#include <dt-bindings/gpio/gpio.h>, #include",
    "#include \"x.dtsi\", #include",
    "#define A 1, #define",
    "# define A 1, # define",
    "#ifdef A, #ifdef",
    "#else, #else",
    "  #endif // A, #endif",
  })
  void directiveOfThePreprocessor_isNamedWithTheRemedy(String line, String directive) {
    String start = line.startsWith(" ") ? "2:3" : "2:1";
    assertFails(
        "/dts-v1/;\n" + line + "\n/ { };",
        start,
        "device tree source: expected text without C preprocessor directives (run cpp on it first,"
            + " or use /include/), found "
            + directive);
  }

  @Test
  void sixtyFifthLevel_isAnError() {
    assertThatThrownBy(() -> Trees.rootWith("n { ".repeat(64) + "}; ".repeat(64)))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("nodes: expected at most 64 levels, found one more");
  }

  @Test
  void nameOf256Characters_isAnError() throws DeviceTreeException {
    Trees.rootWith("a".repeat(255) + ";");

    assertThatThrownBy(() -> Trees.rootWith("a".repeat(256) + ";"))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageEndingWith("of 1 to 255 characters, found '" + "a".repeat(40) + "...'");
  }

  @Test
  void pathsReferredToOverAndOver_areBoundedInTotal() {
    String deep = ("n" + "x".repeat(250) + " { ").repeat(62) + "l: n { }; " + "}; ".repeat(62);
    String many = "p = &l" + ", &l".repeat(2_000) + "; ";

    assertThatThrownBy(() -> Trees.rootWith(many + deep))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(
            "test.dts:1:15: property p: expected at most 4194304 bytes of values in a tree,"
                + " found more");
  }

  @Test
  void controlCharactersOfTheSource_areNotShownAsTheyAre() {
    assertFails("/dts-v1/; / { \u001b };", "1:15", "node /: expected a name, found '\\x1b'");
  }
}
