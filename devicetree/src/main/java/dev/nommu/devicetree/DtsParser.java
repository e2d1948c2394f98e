package dev.nommu.devicetree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads device tree source (Devicetree Specification v0.4, chapter 6): the version, memory
 * reservations, then any number of definitions, each of which adds to the tree or changes it.
 */
final class DtsParser {
  private static final String VERSION = "/dts-v1/";
  private static final String RESERVATION = "/memreserve/";

  private final DtsLexer lexer;
  private final SourceTree tree;
  private final DtsNodeParser nodes;

  private DtsParser(DtsLexer lexer, SourceTree tree) {
    this.lexer = lexer;
    this.tree = tree;
    this.nodes = new DtsNodeParser(lexer, tree);
  }

  static DeviceTree parse(Includes.Source source, Includes includes) throws DeviceTreeException {
    DtsLexer lexer = new DtsLexer(new SourceStack(source, includes));
    Location.Line start = new Location.Line(source.name(), 1, 1);
    boolean plugin = isPlugin(lexer);
    return new DtsParser(lexer, plugin ? new PluginTree(start) : new SourceTree(start)).parse();
  }

  /**
   * Reads the version, and whether the source is an overlay; they may be repeated, but must be the
   * same.
   */
  private static boolean isPlugin(DtsLexer lexer) throws DeviceTreeException {
    lexer.expect(VERSION, "version of the source");
    lexer.expect(";", VERSION);
    boolean plugin = acceptPlugin(lexer);
    while (lexer.accept(VERSION)) {
      lexer.expect(";", VERSION);
      Location.Line at = lexer.location();
      if (acceptPlugin(lexer) != plugin) {
        throw new DeviceTreeException(
            at, VERSION, "/plugin/ after each or after none", "it after some");
      }
    }
    return plugin;
  }

  private static boolean acceptPlugin(DtsLexer lexer) throws DeviceTreeException {
    boolean plugin = lexer.accept("/plugin/");
    if (plugin) {
      lexer.expect(";", "/plugin/");
    }
    return plugin;
  }

  private DeviceTree parse() throws DeviceTreeException {
    List<AddressRange> reservations = reservations();
    do {
      readDefinition();
    } while (!lexer.atEnd());
    return new DtsResolver(tree).resolve(reservations);
  }

  private List<AddressRange> reservations() throws DeviceTreeException {
    List<AddressRange> reservations = new ArrayList<>();
    DtsExpression numbers = new DtsExpression(lexer);
    List<Label> labels = lexer.labels();
    Location.Line at = lexer.location();
    while (lexer.accept(RESERVATION)) {
      long address = numbers.number(RESERVATION);
      reservations.add(reservation(at, address, numbers.number(RESERVATION)));
      lexer.expect(";", RESERVATION);
      labels = lexer.labels();
      at = lexer.location();
    }
    if (!labels.isEmpty()) {
      throw lexer.unexpected("label before any node", RESERVATION);
    }
    return reservations;
  }

  private static AddressRange reservation(Location.Line at, long address, long size)
      throws DeviceTreeException {
    boolean endsTheList = address == 0 && size == 0;
    if (endsTheList || AddressRange.wraps(address, size)) {
      throw new DeviceTreeException(
          at,
          RESERVATION,
          "a range inside the 64-bit address space, not 0 and 0",
          AddressRange.show(address, size));
    }
    return new AddressRange(address, size);
  }

  private void readDefinition() throws DeviceTreeException {
    if (lexer.accept("/delete-node/")) {
      tree.delete(lexer.reference("/delete-node/"));
      lexer.expect(";", "/delete-node/");
    } else if (lexer.accept("/omit-if-no-ref/")) {
      tree.allowOmission(tree.find(lexer.reference("/omit-if-no-ref/")));
      lexer.expect(";", "/omit-if-no-ref/");
    } else if (lexer.acceptRoot()) {
      nodes.readBody(tree.root());
    } else {
      readOverride();
    }
  }

  private void readOverride() throws DeviceTreeException {
    List<Label> labels = lexer.labels();
    Optional<Reference> reference = lexer.acceptReference();
    if (reference.isEmpty()) {
      throw lexer.unexpected(
          "definition", "'/', &label, &{/path}, /delete-node/ or /omit-if-no-ref/");
    }
    SourceNode node = labels.isEmpty() ? tree.target(reference.get()) : tree.find(reference.get());
    tree.label(node, labels);
    nodes.readBody(node);
  }
}
