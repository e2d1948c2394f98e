package dev.nommu.devicetree;

import java.util.Random;

/** Makes device tree source that is different for each seed, and the same for the same seed. */
final class RandomSource {
  private static final String[] OPERATORS = {
    "+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^", "&&", "||", "==", "!=", "<", ">", "<=", ">="
  };

  private final Random random;
  private final StringBuilder text = new StringBuilder("/dts-v1/;\n");

  RandomSource(long seed) {
    random = new Random(seed);
  }

  /** Returns a C expression; divisors are constants, so that none is 0. */
  String expression(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return literal();
    }
    return switch (random.nextInt(8)) {
      case 0 -> "(-" + expression(depth - 1) + ")";
      case 1 -> "~(" + expression(depth - 1) + ")";
      case 2 -> "!" + literal();
      case 3 -> "(" + expression(depth - 1) + " ? " + expression(depth - 1) + " : 3)";
      default -> binary(depth);
    };
  }

  private String binary(int depth) {
    String operator = OPERATORS[random.nextInt(OPERATORS.length)];
    String right =
        switch (operator) {
          case "/", "%", "<<", ">>" -> String.valueOf(1 + random.nextInt(63));
          default -> expression(depth - 1);
        };
    String both = expression(depth - 1) + " " + operator + " " + right;
    return random.nextBoolean() ? both : "(" + both + ")";
  }

  private String literal() {
    return switch (random.nextInt(4)) {
      case 0 -> "0x" + Long.toHexString(random.nextLong());
      case 1 -> "0" + Integer.toOctalString(random.nextInt(1 << 20));
      default -> String.valueOf(random.nextInt(5));
    };
  }

  /**
   * Returns source with nodes n0 to n3 that are labelled, each with nodes of its own, and then
   * definitions that change them: overrides, deletions, and references back and forth.
   */
  String tree() {
    text.append("/ {\n");
    for (int i = 0; i < 4; i++) {
      text.append("l%d: n%d { %s s0 { %s }; s1 { }; };%n".formatted(i, i, body(), body()));
    }
    text.append("};\n");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(change(random.nextInt(3)));
    }
    return text.toString();
  }

  /**
   * Returns an overlay of a {@link #tree}: fragments that add to its labelled nodes and nodes that
   * refer to each other and to those.
   */
  String overlay() {
    StringBuilder overlay = new StringBuilder("/dts-v1/; /plugin/;\n");
    for (int i = 0; i <= random.nextInt(4); i++) {
      overlay.append(fragment(i));
    }
    return overlay.toString();
  }

  private String fragment(int number) {
    String references = "<&k%d %d &l%d>".formatted(number, random.nextInt(9), random.nextInt(3));
    String target = random.nextBoolean() ? "&l" + random.nextInt(3) : "&{/}";
    return "%s { p%d = %s; k%d: m%d { q = %s, \"t\", <&k%d>; }; };%n"
        .formatted(
            target,
            random.nextInt(3),
            references,
            number,
            number,
            references,
            random.nextInt(number + 1));
  }

  private String change(int node) {
    return switch (random.nextInt(6)) {
      case 0 -> "&l%d { %s };%n".formatted(node, body());
      case 1 -> "&l%d { /delete-property/ p%d; };%n".formatted(node, random.nextInt(3));
      case 2 -> "&l%d { /delete-node/ s%d; };%n".formatted(node, random.nextInt(2));
      case 3 -> "&{/n%d} { s%d { %s }; };%n".formatted(node, random.nextInt(2), body());
      case 4 -> "/ { n%d { s2 { %s }; }; };%n".formatted(node, body());
      default -> "/ { p%d = <%d>; };%n".formatted(random.nextInt(3), random.nextInt(9));
    };
  }

  /** Returns properties p0 to p2, some of them, in any order. */
  private String body() {
    int first = random.nextInt(3);
    StringBuilder body = new StringBuilder();
    for (int i = random.nextInt(4) - 1; i >= 0; i--) {
      body.append("p%d = %s; ".formatted((first + i) % 3, value()));
    }
    return body.toString();
  }

  private String value() {
    return switch (random.nextInt(6)) {
      case 0 -> "<&l%d %d>".formatted(random.nextInt(4), random.nextInt(100));
      case 1 -> "&{/n%d}".formatted(random.nextInt(4));
      case 2 -> "\"\\x%x\\%o\"".formatted(1 + random.nextInt(255), random.nextInt(256));
      case 3 -> "[%02x %02x]".formatted(random.nextInt(256), random.nextInt(256));
      case 4 -> "/bits/ 16 <%d>, \"t\", &l3".formatted(random.nextInt(1 << 16));
      default -> "<%d>, <0x%x>".formatted(random.nextInt(100), random.nextInt());
    };
  }
}
