package dev.nommu.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trees of images, and the text in them. */
final class TreeWalkTest {
  @Test
  void walk_listsEachDirectoryBeforeWhatItHolds() throws Exception {
    Map<String, List<String>> tree = Map.of("", List.of("a", "d"), "d", List.of("b", "c"));
    List<TreeEntry<String>> entries =
        TreeWalk.of(
            "",
            entry ->
                tree.getOrDefault(entry.node(), List.of()).stream()
                    .map(name -> entry.child(name, name))
                    .toList());
    assertThat(entries)
        .extracting(TreeEntry::path)
        .containsExactly("/", "/a", "/d", "/d/b", "/d/c");
    assertThat(entries.getFirst().isRoot()).isTrue();
    assertThat(entries.get(3).parent()).containsSame(entries.get(2));
  }

  @Test
  void path_thatNoCallTakes_isShownByItsEnd() {
    TreeEntry<Integer> entry = TreeEntry.root(0);
    for (int depth = 1; depth <= 2047; depth++) {
      entry = entry.child("d", depth);
    }
    assertThat(entry.path()).hasSize(4094);
    assertThat(entry.hasTooLongAPath()).isFalse();
    entry = entry.child("d", 2048);
    assertThat(entry.hasTooLongAPath()).isTrue();
    assertThat(entry.path()).startsWith(".../d/d/").hasSizeLessThan(260);
  }

  @Test
  void text_endsAtItsNul() {
    ByteBuffer padded = ByteBuffer.wrap(new byte[] {'a', 'b', 0, 'c'});
    assertThat(ImageText.untilNul(padded)).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 'b'}));
    assertThat(ImageText.untilNul(padded.slice(3, 1)).remaining()).isEqualTo(1);
  }

  @Test
  void findings_areNoMoreThanAnybodyReads() {
    Findings findings = new Findings();
    findings.require(true, 0, "/", "nothing", "nothing");
    for (int i = 0; i <= Findings.LIMIT; i++) {
      findings.add(i, "/f", "this", "that");
    }
    assertThat(findings.full()).isTrue();
    assertThat(findings.list()).hasSize(Findings.LIMIT);
    assertThat(findings.list().getFirst()).hasToString("0x0 /f: expected this, found that");
  }
}
