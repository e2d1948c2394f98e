package dev.nommu.devicetree;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the contents of the braces of a node into a node that may already have contents. */
final class DtsNodeParser {
  private static final String DELETE_PROPERTY = "/delete-property/";
  private static final String DELETE_NODE = "/delete-node/";

  private final DtsLexer lexer;
  private final SourceTree tree;

  DtsNodeParser(DtsLexer lexer, SourceTree tree) {
    this.lexer = lexer;
    this.tree = tree;
  }

  /** A node, and the names defined in the current braces, where each may be defined only once. */
  private static final class Body {
    private final SourceNode node;
    private final Set<String> properties = new HashSet<>();
    private final Set<String> children = new HashSet<>();

    /** Whether a subnode was defined or deleted: properties are no longer allowed. */
    private boolean inSubnodes;

    Body(SourceNode node) {
      this.node = node;
    }

    void requireBeforeSubnodes(Location.Line at, String what) throws DeviceTreeException {
      if (inSubnodes) {
        throw new DeviceTreeException(
            at, "node " + node.path(), "properties before subnodes", what + " after them");
      }
    }
  }

  /** Reads from the opening brace to the semicolon after the closing one. */
  void readBody(SourceNode node) throws DeviceTreeException {
    Body body = new Body(node);
    expect("{", node);
    while (!lexer.accept("}")) {
      readEntry(body);
    }
    expect(";", node);
  }

  private void expect(String symbol, SourceNode node) throws DeviceTreeException {
    if (!lexer.accept(symbol)) {
      throw lexer.unexpected("node " + node.path(), "'" + symbol + "'");
    }
  }

  private void readEntry(Body body) throws DeviceTreeException {
    List<Label> labels = lexer.labels();
    Location.Line at = lexer.location();
    if (lexer.accept(DELETE_PROPERTY)) {
      deleteProperty(body, at);
    } else if (lexer.accept(DELETE_NODE)) {
      deleteChild(body);
    } else if (lexer.accept("/omit-if-no-ref/")) {
      readOmittable(body, labels);
    } else {
      readDefinition(body, labels);
    }
  }

  private void readDefinition(Body body, List<Label> labels) throws DeviceTreeException {
    Location.Line at = lexer.location();
    Optional<String> name = lexer.acceptName();
    if (name.isEmpty()) {
      throw lexer.unexpected("node " + body.node.path(), "a name");
    }
    if (lexer.at("{")) {
      readChild(body, name.get(), at, labels);
    } else {
      readProperty(body, name.get(), at, labels);
    }
  }

  private void readOmittable(Body body, List<Label> before) throws DeviceTreeException {
    List<Label> labels = lexer.labels();
    Location.Line at = lexer.location();
    String name = lexer.name("/omit-if-no-ref/");
    SourceNode child = readChild(body, name, at, labels);
    tree.label(child, before);
    tree.allowOmission(child);
  }

  private SourceNode readChild(Body body, String name, Location.Line at, List<Label> labels)
      throws DeviceTreeException {
    requireAllowed(NameRule.NODE, name, at, body.node);
    body.inSubnodes = true;
    if (!body.children.add(name)) {
      throw twice("node ", name, at, body.node);
    }
    if (body.node.depth() == Node.DEEPEST) {
      throw new DeviceTreeException(
          at, "nodes", "at most %d levels".formatted(Node.DEEPEST), "one more");
    }
    SourceNode child = body.node.childOrNew(name, at);
    tree.label(child, labels);
    readBody(child);
    return child;
  }

  private void readProperty(Body body, String name, Location.Line at, List<Label> labels)
      throws DeviceTreeException {
    SourceNode node = body.node;
    requireAllowed(NameRule.PROPERTY, name, at, node);
    if (!body.properties.add(name)) {
      throw twice("property ", name, at, node);
    }
    DtsValue value = new DtsValue(lexer);
    List<Piece> pieces = lexer.accept("=") ? value.read() : List.of();
    lexer.expect(";", "property " + name);
    body.requireBeforeSubnodes(at, name);
    node.setProperty(new SourceNode.SourceProperty(name, pieces, value.labels(), at), labels);
  }

  private static void requireAllowed(NameRule rule, String name, Location.Line at, SourceNode node)
      throws DeviceTreeException {
    if (!rule.allows(name)) {
      throw new DeviceTreeException(
          at, "node " + node.path(), rule.expected(), DeviceTreeException.quote(name));
    }
  }

  private static DeviceTreeException twice(
      String kind, String name, Location.Line at, SourceNode node) {
    return new DeviceTreeException(
        at, "node " + node.path(), kind + name + " once between its braces", "it again");
  }

  private void deleteProperty(Body body, Location.Line at) throws DeviceTreeException {
    String name = lexer.name(DELETE_PROPERTY);
    lexer.expect(";", DELETE_PROPERTY);
    body.requireBeforeSubnodes(at, DELETE_PROPERTY);
    body.properties.remove(name);
    body.node.deleteProperty(name);
  }

  private void deleteChild(Body body) throws DeviceTreeException {
    String name = lexer.name(DELETE_NODE);
    lexer.expect(";", DELETE_NODE);
    body.inSubnodes = true;
    body.children.remove(name);
    body.node.child(name).ifPresent(tree::delete);
  }
}
