package dev.nommu.devicetree;

import java.util.regex.Pattern;

/**
 * The syntax of names: in source the characters of the Devicetree Specification v0.4, 2.2.1 and
 * 2.2.4.1, as dtc allows them; blobs may have more, as in Linux. The length is more generous than
 * the specification's 31, as in Linux.
 */
enum NameRule {
  NODE(
      "[a-zA-Z0-9,._+-]++(@[a-zA-Z0-9,._+-]*+)?",
      "a node name (letters, digits, ,._+- and at most one @)"),
  NODE_OF_BLOB(
      "[" + NameRule.CHARACTERS + "]++(@[" + NameRule.CHARACTERS + "]*+)?",
      "a node name (letters, digits, ,._+*#?- and at most one @)"),
  PROPERTY("[" + NameRule.CHARACTERS + "]++", "a property name (letters, digits, ,._+*#?-)");

  /** The characters of names, as in a character class; nodes may also have an at sign. */
  static final String CHARACTERS = "a-zA-Z0-9,._+*#?-";

  static final int LONGEST = 255;

  private final Pattern pattern;
  private final String expected;

  NameRule(String pattern, String expected) {
    this.pattern = Pattern.compile(pattern);
    this.expected = expected + " of 1 to 255 characters";
  }

  boolean allows(String name) {
    return name.length() <= LONGEST && pattern.matcher(name).matches();
  }

  /** Returns the rule as a phrase for a message. */
  String expected() {
    return expected;
  }
}
