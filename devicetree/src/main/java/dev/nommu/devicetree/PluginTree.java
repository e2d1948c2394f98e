package dev.nommu.devicetree;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of an overlay while its source, which has {@code /plugin/}, is read. A label that the
 * source does not define belongs to the tree that the overlay will be applied to.
 */
final class PluginTree extends SourceTree {
  private final Links links = new Links();
  private int fragments;

  PluginTree(Location.Line start) {
    super(start);
  }

  /** Returns the referenced node of the overlay, or the contents of a new fragment for it. */
  @Override
  SourceNode target(Reference reference) throws DeviceTreeException {
    if (reference.isBelowLabel()) {
      return find(reference);
    }
    Optional<SourceNode> own = reference.isPath() ? Optional.empty() : labelled(reference.target());
    return own.isPresent() ? own.get() : fragment(reference);
  }

  private SourceNode fragment(Reference reference) throws DeviceTreeException {
    Location.Line at = reference.location();
    String name = "fragment@" + fragments;
    fragments++;
    if (root().child(name).isPresent()) {
      throw new DeviceTreeException(
          at, "fragment of " + reference, "the name " + name + " free for it", "that it is given");
    }
    SourceNode fragment = root().childOrNew(name, at);
    fragment.setProperty(targetOf(reference), List.of());
    return fragment.childOrNew(Overlays.CONTENT, at);
  }

  private static SourceNode.SourceProperty targetOf(Reference reference) {
    return reference.isPath()
        ? property(Overlays.TARGET_PATH, new Piece.Bytes(path(reference)), reference)
        : property(Overlays.TARGET, new Piece.PhandleOf(reference), reference);
  }

  private static byte[] path(Reference reference) {
    return (reference.target() + '\0').getBytes(StandardCharsets.ISO_8859_1);
  }

  private static SourceNode.SourceProperty property(String name, Piece value, Reference from) {
    return new SourceNode.SourceProperty(name, List.of(value), List.of(), from.location());
  }

  @Override
  Optional<SourceNode> referent(Reference reference) throws DeviceTreeException {
    return reference.isPath() || reference.isBelowLabel()
        ? super.referent(reference)
        : labelled(reference.target());
  }

  @Override
  int note(Reference reference, SourceNode in, String property, int offset) {
    return lookup(reference).isPresent()
        ? links.local(in, property, offset)
        : links.external(reference.target(), in, property, offset);
  }

  @Override
  void link(Node made) {
    links.writeTo(made);
  }
}
