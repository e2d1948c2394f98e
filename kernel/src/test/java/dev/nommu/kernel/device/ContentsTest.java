package dev.nommu.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.board.Simulation.Keeping;
import dev.nommu.kernel.board.Simulation.Place;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The board's contents of its parts, found by node and by address, in the board's order. */
final class ContentsTest {
  private static Content content(String entry, Place place) {
    return new Content(entry, place, Path.of(entry), Keeping.VOLATILE);
  }

  private static List<String> entries(List<Content> contents) {
    return contents.stream().map(Content::entry).toList();
  }

  @Test
  void partWithSeveralContents_hasThemInTheOrderOfTheBoard() {
    Contents contents =
        new Contents(
            List.of(
                content("behind", new Place.AtAddress(0x2000)),
                content("last byte", new Place.AtAddress(0x1fff)),
                content("of the node", new Place.OfNode("/flash")),
                content("first byte", new Place.AtAddress(0x1000)),
                content("of another", new Place.OfNode("/rom")),
                content("before", new Place.AtAddress(0xfff)),
                content("first byte, too", new Place.AtAddress(0x1000))));
    AddressRange range = new AddressRange(0x1000, 0x1000);
    assertThat(entries(contents.in(List.of(range), Optional.of("/flash"))))
        .containsExactly("last byte", "of the node", "first byte", "first byte, too");
    assertThat(entries(contents.in(List.of(range), Optional.empty())))
        .containsExactly("last byte", "first byte", "first byte, too");
    assertThat(contents.ofNode("/rom").map(Content::entry)).contains("of another");
    assertThat(contents.ofNode("/none")).isEmpty();
  }

  @Test
  void partsAreAskedFor_withoutLookingAtTheContentsOfOthers() {
    int parts = 1000;
    AtomicInteger looks = new AtomicInteger();
    List<Content> counted =
        new AbstractList<>() {
          @Override
          public Content get(int index) {
            looks.incrementAndGet();
            return content("part " + index, new Place.OfNode("/part@" + index));
          }

          @Override
          public int size() {
            return parts;
          }
        };
    Contents contents = new Contents(counted);
    for (int i = 0; i < parts; i++) {
      AddressRange range = new AddressRange(0x1000L * i, 0x1000);
      assertThat(contents.in(List.of(range), Optional.of("/part@" + i))).hasSize(1);
    }
    assertThat(looks).hasValue(parts);
  }
}
