package dev.nommu.kernel.device;

import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in {@code /aliases} of a tree that end in a number; read once. */
final class Aliases {
  private static final Pattern NUMBERED = Pattern.compile("(?<stem>.*?)(?<id>[0-9]{1,9})");

  private final Map<Named, Integer> ids = new HashMap<>();

  /** A node by its path, and the stem of its aliases. */
  private record Named(String path, String stem) {}

  /** Reads the aliases of a tree. */
  Aliases(DeviceTree tree) {
    List<Property> aliases = tree.root().child("aliases").map(Node::properties).orElse(List.of());
    for (Property alias : aliases) {
      Matcher name = NUMBERED.matcher(alias.name());
      Optional<Node> node = text(alias).flatMap(tree::node);
      if (name.matches() && node.isPresent()) {
        Named named = new Named(node.get().path(), name.group("stem"));
        ids.putIfAbsent(named, Integer.parseInt(name.group("id")));
      }
    }
  }

  /** Returns the number of the first alias with this stem that refers to a node, or empty. */
  OptionalInt idOf(String path, String stem) {
    Integer id = ids.get(new Named(path, stem));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private static Optional<String> text(Property alias) {
    try {
      return Optional.of(alias.asString());
    } catch (DeviceTreeException notText) {
      return Optional.empty();
    }
  }
}
