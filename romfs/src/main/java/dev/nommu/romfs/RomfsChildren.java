package dev.nommu.romfs;

import dev.nommu.api.ErrnoException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes of one directory, each read when it is first needed and then kept: looking for a name
 * goes on where the last search ended. Not for concurrent use.
 */
final class RomfsChildren {
  private final SiblingWalk walk;
  private final List<RomfsNode> nodes = new ArrayList<>();
  private final Map<String, RomfsNode> byName = new HashMap<>();

  RomfsChildren(SiblingWalk walk) {
    this.walk = walk;
  }

  /**
   * Returns the first node with this name, or empty.
   *
   * @throws ErrnoException EIO if a node before it is malformed
   */
  Optional<RomfsNode> find(String name) throws ErrnoException {
    while (!byName.containsKey(name) && advance()) {}
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Returns all nodes in their order.
   *
   * @throws ErrnoException EIO if one of them is malformed
   */
  List<RomfsNode> all() throws ErrnoException {
    while (advance()) {}
    return nodes;
  }

  private boolean advance() throws ErrnoException {
    Optional<RomfsNode> node = walk.next();
    node.ifPresent(found -> {
      nodes.add(found);
      byName.putIfAbsent(found.name(), found);
    });
    return node.isPresent();
  }
}
