package dev.nommu.kernel.device;

import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in {@code /aliases} of a tree that end in a number.
 *
 * @param tree the tree
 */
record Aliases(DeviceTree tree) {
  private static final Pattern NUMBERED = Pattern.compile("(?<stem>.*?)(?<id>[0-9]{1,9})");

  /** Returns the number of the first alias of this stem that stands for a node, or empty. */
  OptionalInt idOf(String path, String stem) {
    List<Property> aliases = tree.root().child("aliases").map(Node::properties).orElse(List.of());
    for (Property alias : aliases) {
      Matcher name = NUMBERED.matcher(alias.name());
      if (name.matches() && name.group("stem").equals(stem) && standsFor(alias, path)) {
        return OptionalInt.of(Integer.parseInt(name.group("id")));
      }
    }
    return OptionalInt.empty();
  }

  private boolean standsFor(Property alias, String path) {
    return text(alias).flatMap(tree::node).map(Node::path).filter(path::equals).isPresent();
  }

  private static Optional<String> text(Property alias) {
    try {
      return Optional.of(alias.asString());
    } catch (DeviceTreeException notText) {
      return Optional.empty();
    }
  }
}
