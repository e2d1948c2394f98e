package dev.nommu.ramfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GapBufferTest {
  private final GapBuffer buffer = new GapBuffer();

  private List<Long> contents() {
    return IntStream.range(0, buffer.size()).mapToObj(buffer::get).toList();
  }

  @Test
  void anyChanges_leaveWhatAListWouldHold() {
    Random random = new Random(1);
    List<Long> expected = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      int index = random.nextInt(expected.size() + 1);
      if (random.nextInt(5) < 3 || index == expected.size()) {
        expected.add(index, (long) step);
        buffer.insert(index, step);
      } else if (random.nextBoolean()) {
        expected.remove(index);
        buffer.remove(index);
      } else {
        expected.set(index, -1L);
        buffer.set(index, -1);
      }
      if (step % 500 == 0) {
        buffer.trim();
      }
    }
    assertThat(contents()).isEqualTo(expected);
  }

  @Test
  void freeRoom_isAtMostAnEighth() {
    IntStream.range(0, 10_000).forEach(i -> buffer.insert(0, i));
    assertThat(buffer.capacity()).isLessThan(10_000 + 10_000 / 8 + 8);
  }

  @Test
  void trim_afterMostWasRemoved_givesTheRoomUp() {
    IntStream.range(0, 1000).forEach(i -> buffer.insert(i, i));
    IntStream.range(0, 990).forEach(i -> buffer.remove(0));
    buffer.trim();
    assertThat(buffer.capacity()).isEqualTo(10);
    assertThat(contents().getFirst()).isEqualTo(990L);
  }
}
