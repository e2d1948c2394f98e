package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged input is read as something, or refused with a place; never anything else. */
class HostileInputTest {
  private static final int ROUNDS = 5_000;

  /** Reads everything there is to read; returns whether the blob was accepted. */
  private static boolean survives(byte[] blob) {
    DeviceTree tree;
    try {
      tree = DeviceTree.parseDtb(blob, "damaged.dtb");
    } catch (DeviceTreeException e) {
      requirePlace(e);
      return false;
    }
    use(tree);
    return true;
  }

  private static boolean survives(String source) {
    try {
      use(Trees.source(source));
      return true;
    } catch (DeviceTreeException e) {
      requirePlace(e);
      return false;
    }
  }

  private static void requirePlace(DeviceTreeException e) {
    assertThat(e).hasMessageStartingWith(e.location() + ": ");
    assertThat(e.expected()).isNotBlank();
    assertThat(e.found()).isNotBlank();
  }

  private static void use(DeviceTree tree) {
    tree.nodeByPhandle(1);
    tree.nodes().forEach(HostileInputTest::use);
    try {
      assertThat(DeviceTree.parseDtb(DtbWriter.write(tree), "again.dtb")).isEqualTo(tree);
    } catch (DeviceTreeException e) {
      fail("a tree that was read must be readable when written", e);
    }
  }

  private static void use(Node node) {
    try {
      node.compatible();
      for (AddressRange range : node.reg()) {
        node.translate(range);
      }
    } catch (DeviceTreeException e) {
      requirePlace(e);
    }
  }

  @Test
  void blobTruncatedAnywhere_isRefused() throws IOException {
    byte[] blob = Trees.oracleDtb();
    for (int length = 0; length < blob.length; length++) {
      assertThat(survives(Arrays.copyOf(blob, length))).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void blobTruncatedBehindItsBack_isRefused() throws IOException {
    byte[] blob = Trees.oracleDtb();
    for (int length = DtbHeader.SIZE; length < blob.length; length++) {
      byte[] shorter = Arrays.copyOf(blob, length);
      ByteBuffer.wrap(shorter).putInt(4, length);
      assertThat(survives(shorter)).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void structureBlockEndingAnywhere_isRefused() throws IOException {
    byte[] blob = Trees.oracleDtb();
    int size = ByteBuffer.wrap(blob).getInt(36);
    for (int shorter = 0; shorter < size; shorter++) {
      byte[] cut = ByteBuffer.wrap(blob.clone()).putInt(36, shorter).array();
      assertThat(survives(cut)).as("%d bytes", shorter).isFalse();
    }
  }

  @Test
  void stringsBlockEndingAnywhere_isRefused() throws IOException {
    byte[] blob = Trees.oracleDtb();
    int size = ByteBuffer.wrap(blob).getInt(32);
    for (int shorter = 0; shorter < size; shorter++) {
      byte[] cut = ByteBuffer.wrap(blob.clone()).putInt(32, shorter).array();
      assertThat(survives(cut)).as("%d bytes", shorter).isFalse();
    }
  }

  @Test
  void everySingleBitFlippedInTheHeader_isHarmless() throws IOException {
    byte[] blob = Trees.oracleDtb();
    for (int bit = 0; bit < DtbHeader.SIZE * 8; bit++) {
      survives(flipped(blob, bit));
    }
  }

  @Test
  void bitsFlippedAtRandom_areHarmless() throws IOException {
    byte[] blob = Trees.oracleDtb();
    Random random = new Random(17);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = blob;
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        damaged = flipped(damaged, random.nextInt(blob.length * 8));
      }
      accepted += survives(damaged) ? 1 : 0;
    }
    assertThat(accepted).isBetween(1, ROUNDS - 1);
  }

  private static byte[] flipped(byte[] blob, int bit) {
    byte[] damaged = blob.clone();
    damaged[bit / 8] ^= (byte) (1 << bit % 8);
    return damaged;
  }

  @Test
  void wordsReplacedAtRandom_areHarmless() throws IOException {
    byte[] blob = Trees.oracleDtb();
    int[] words = {0, 1, 2, 3, 4, 9, -1, 0x7fffffff, 0x80000000, 0xfffffffc};
    Random random = new Random(4);
    for (int round = 0; round < ROUNDS / 2; round++) {
      ByteBuffer damaged = ByteBuffer.wrap(blob.clone());
      damaged.putInt(random.nextInt(blob.length / 4) * 4, words[random.nextInt(words.length)]);
      survives(damaged.array());
    }
  }

  @Test
  void sourceTruncatedAnywhere_isHarmless() throws IOException {
    String source = Trees.oracleDts();
    int whole = source.stripTrailing().length();
    for (int length = 0; length < whole; length++) {
      assertThat(survives(source.substring(0, length))).as("%d characters", length).isFalse();
    }
    assertThat(survives(source.substring(0, whole))).isTrue();
  }

  @Test
  void sourceWithCharactersReplaced_isHarmless() throws IOException {
    String source = Trees.oracleDts();
    String characters = "{}<>[]();=&/\"'\\@#:,-~!?*0aZ \n\0\u00e9\ud800";
    Random random = new Random(42);
    for (int round = 0; round < ROUNDS / 2; round++) {
      StringBuilder damaged = new StringBuilder(source);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        char replacement = characters.charAt(random.nextInt(characters.length()));
        damaged.setCharAt(random.nextInt(source.length()), replacement);
      }
      survives(damaged.toString());
    }
  }

  @Test
  void longTokens_areNoStackOverflow() {
    int many = 300_000;
    assertThat(survives("/dts-v1/; / { a = \"" + "\\\"".repeat(many) + "\"; };")).isTrue();
    assertThat(survives("/dts-v1/; / { a = <" + "1 ".repeat(many) + ">; };")).isTrue();
    assertThat(survives("/dts-v1/; " + "/* */ // \n".repeat(many) + "/ { };")).isTrue();
    assertThat(survives("/dts-v1/; / { " + "l: ".repeat(many) + "};")).isFalse();
    assertThat(survives("/dts-v1/; / { a = <" + "1".repeat(many) + ">; };")).isFalse();
    assertThat(survives("/dts-v1/; / { " + "n { ".repeat(many))).isFalse();
    assertThat(survives("/dts-v1/; &{" + "/n".repeat(many) + "} { };")).isFalse();
    assertThat(survives("/dts-v1/;\n# 1 \"" + "x".repeat(many) + "\"\n/ { };")).isTrue();
  }

  @Test
  void overlayDamagedAtRandom_isHarmless() throws IOException {
    DeviceTree base = Trees.source(new RandomSource(3).tree());
    DeviceTree overlay = Trees.source(new RandomSource(3).overlay());
    byte[] blob = DtbWriter.write(overlay.withSymbols());
    Random random = new Random(9);
    int applied = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = flipped(blob, random.nextInt(blob.length * 8));
      try {
        use(base.withOverlay(DeviceTree.parseDtb(damaged, "damaged.dtbo")));
        applied++;
      } catch (DeviceTreeException e) {
        requirePlace(e);
      }
    }
    assertThat(applied).isBetween(1, ROUNDS - 1);
  }

  @Test
  void labelsAndReferencesWithLongPaths_areBounded() throws DeviceTreeException {
    String in = ("n" + "x".repeat(250) + " { ").repeat(60);
    String out = " }; ".repeat(60);
    String labels = "l".repeat(9) + "%d: ";
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      many.append(labels.formatted(i));
    }

    assertThat(
            survives(
                "/dts-v1/; /plugin/; / { " + in + "p = <" + "&b ".repeat(300) + ">;" + out + "};"))
        .isFalse();
    DeviceTree labelled = Trees.source("/dts-v1/; / { " + in + many + "n { };" + out + "};");
    assertThatThrownBy(labelled::withSymbols)
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageEndingWith("/__symbols__: expected at most 4194304 bytes of paths, found more");
  }

  @Test
  void manyLabelsAndReferences_takeTimeInProportion() {
    int many = 100_000;
    StringBuilder labelled = new StringBuilder("/dts-v1/; / { };");
    for (int i = 0; i < many; i++) {
      labelled.append("/{l").append(i).append(":a;};");
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(survives(labelled.toString())).isTrue());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(survives("/dts-v1/; /plugin/; / { p = <" + "&b ".repeat(many) + ">; };"))
                .isTrue());
  }

  @Test
  void valuesOverTheBound_areRefused() {
    String cells = "1 ".repeat(1 << 19);
    String more = "/dts-v1/; / { a = /bits/ 64 <" + cells + ">; b; };";

    assertThat(survives(more)).isTrue();
    assertThatThrownBy(() -> Trees.source(more.replace("b;", "b = [00];")))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("property b: expected at most 4194304 bytes of values in a tree");
  }
}
