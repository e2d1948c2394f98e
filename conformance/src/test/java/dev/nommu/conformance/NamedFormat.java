package dev.nommu.conformance;

import dev.nommu.chardevfb.TestCard;
import java.util.function.IntBinaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes up the pixels of the test card as the name of a format says: its components from the
 * highest bit to the lowest, each with how many bits it has. Bits without a colour are ones.
 *
 * @param name such as {@code "r5g6b5"}
 */
record NamedFormat(String name) implements IntBinaryOperator {
  private static final Pattern COMPONENT = Pattern.compile("([rgbax])(\\d+)");

  /** Returns how many bits a pixel has. */
  int bits() {
    return COMPONENT.matcher(name).results().mapToInt(NamedFormat::length).sum();
  }

  @Override
  public int applyAsInt(int x, int y) {
    int pixel = 0;
    for (MatchResult component : COMPONENT.matcher(name).results().toList()) {
      int length = length(component);
      int colour = "rgb".indexOf(component.group(1));
      int value =
          colour < 0
              ? (1 << length) - 1
              : TestCard.scaled(TestCard.component(x, y, colour), length);
      pixel = pixel << length | value;
    }
    return pixel;
  }

  private static int length(MatchResult component) {
    return Integer.parseInt(component.group(2));
  }
}
