package dev.nommu.devicetree;

import java.util.regex.Pattern;

/**
 * What names may look like: the characters of the Devicetree Specification v0.4, 2.2.1 and 2.2.4.1,
 * with those that dtc allows beyond them. The length is more generous than the specification's 31,
 * as in Linux.
 */
enum NameRule {
  NODE("[CHARS]++(@[CHARS]*+)?", "a node name (letters, digits, ,._+*#?- and at most one @)"),
  PROPERTY("[CHARS]++", "a property name (letters, digits, ,._+*#?-)");

  static final int LONGEST = 255;

  private final Pattern pattern;
  private final String expected;

  NameRule(String pattern, String expected) {
    this.pattern = Pattern.compile(pattern.replace("CHARS", "a-zA-Z0-9,._+*#?-"));
    this.expected = expected + " of 1 to 255 characters";
  }

  /** Returns whether a character may be in the token that is a name in device tree source. */
  static boolean isNameCharacter(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || ",._+*#?@-".indexOf(c) >= 0);
  }

  boolean allows(String name) {
    return name.length() <= LONGEST && pattern.matcher(name).matches();
  }

  /** Returns the rule as a phrase for a message. */
  String expected() {
    return expected;
  }
}
