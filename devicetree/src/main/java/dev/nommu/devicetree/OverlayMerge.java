package dev.nommu.devicetree;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies an overlay to a tree, as fdtoverlay and Linux do
 * (Documentation/devicetree/overlay-notes): the contents of each {@code __overlay__} are added to
 * the node that its fragment names.
 */
final class OverlayMerge {
  private final DeviceTree base;
  private final Node root;
  private final Node overlay;
  private final Map<Long, Node> byPhandle = new HashMap<>();

  /**
   * Takes copies.
   *
   * @param base with its symbols
   * @param overlay with its symbols
   */
  OverlayMerge(DeviceTree base, DeviceTree overlay) {
    this.base = base;
    this.root = base.root().copy();
    this.overlay = overlay.root().copy();
    root.subtree().forEach(this::index);
  }

  private void index(Node node) {
    node.phandle().ifPresent(phandle -> byPhandle.putIfAbsent(phandle, node));
  }

  DeviceTree merge() throws DeviceTreeException {
    new OverlayFixups(overlay).resolve(base);
    List<Node> fragments =
        overlay.children().stream().filter(node -> node.hasChild(Overlays.CONTENT)).toList();
    OverlayPhandles phandles = new OverlayPhandles(byPhandle.keySet());
    for (Node fragment : fragments) {
      target(fragment).ifPresent(target -> phandles.keep(content(fragment), target));
    }
    phandles.renumber(overlay, fragments);
    for (Node fragment : fragments) {
      apply(content(fragment), requireTarget(fragment));
    }
    addSymbols();
    return new DeviceTree(root, base.memoryReservations(), base.bootCpuId());
  }

  private static Node content(Node fragment) {
    return fragment.child(Overlays.CONTENT).orElseThrow();
  }

  /** Returns the node that a fragment names, if it exists already. */
  private Optional<Node> target(Node fragment) {
    Optional<Property> phandle = fragment.property(Overlays.TARGET);
    return phandle.isPresent()
        ? phandle.flatMap(Property::cell).map(byPhandle::get)
        : fragment.property(Overlays.TARGET_PATH).flatMap(Property::text).flatMap(this::at);
  }

  private Optional<Node> at(String path) {
    return new DeviceTree(root, List.of(), 0).node(path);
  }

  private Node requireTarget(Node fragment) throws DeviceTreeException {
    Optional<Node> target = target(fragment);
    if (target.isPresent()) {
      return target.get();
    }
    Optional<Property> named =
        fragment.property(Overlays.TARGET).or(() -> fragment.property(Overlays.TARGET_PATH));
    throw new DeviceTreeException(
        named.map(Property::location).orElse(fragment.location()),
        "overlay: " + fragment.path(),
        "target or target-path of a node of " + base.root().location().source(),
        named.map(OverlayMerge::shown).orElse("neither"));
  }

  private static String shown(Property target) {
    String value =
        target.text().orElseGet(() -> target.cells().map("0x%x"::formatted).toList().toString());
    return DeviceTreeException.quote(value) + ", which names none";
  }

  private void apply(Node content, Node target) throws DeviceTreeException {
    for (Property property : content.properties()) {
      boolean keeps = Phandles.PROPERTIES.contains(property.name()) && target.phandle().isPresent();
      if (!keeps) {
        target.addProperty(property.name(), property.bytes(), property.location());
      }
    }
    index(target);
    for (Node child : content.children()) {
      requireLevel(target, child);
      apply(child, target.childOrNew(child.name(), child.location()));
    }
  }

  private static void requireLevel(Node target, Node child) throws DeviceTreeException {
    if (target.depth() == Node.DEEPEST) {
      throw new DeviceTreeException(
          child.location(), "nodes", "at most %d levels".formatted(Node.DEEPEST), "one more");
    }
  }

  /** Adds the labels of the overlay, so that the next one can refer to its nodes. */
  private void addSymbols() {
    overlay.children().stream()
        .filter(node -> node.name().equals(Overlays.SYMBOLS))
        .flatMap(symbols -> symbols.properties().stream())
        .forEach(this::addSymbol);
  }

  private void addSymbol(Property symbol) {
    symbol
        .text()
        .filter(path -> path.startsWith("/"))
        .flatMap(this::merged)
        .ifPresent(path ->
            root.childOrNew(Overlays.SYMBOLS, root.location())
                .addProperty(symbol.name(), path, symbol.location()));
  }

  /**
   * Returns the new path of a node of the overlay, {@code /fragment/__overlay__/path}, with a NUL.
   */
  private Optional<byte[]> merged(String path) {
    String[] names = path.substring(1).split("/", 3);
    boolean inContent = names.length > 1 && names[1].equals(Overlays.CONTENT);
    if (!inContent || !overlay.hasChild(names[0])) {
      return Optional.empty();
    }
    return overlay
        .child(names[0])
        .flatMap(this::target)
        .map(target -> below(target, names.length > 2 ? "/" + names[2] : ""))
        .map(now -> (now + '\0').getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String below(Node target, String rest) {
    String path = target.path();
    return path.equals("/") && !rest.isEmpty() ? rest : path + rest;
  }
}
