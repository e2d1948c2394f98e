package dev.nommu.devicetree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads device tree source (Devicetree Specification v0.4, chapter 6): the version, memory
 * reservations, then any number of definitions, each of which adds to the tree or changes it.
 */
final class DtsParser {
  private static final String RESERVATION = "/memreserve/";

  private final DtsLexer lexer;
  private final SourceTree tree;
  private final DtsNodeParser nodes;

  DtsParser(Includes.Source source, Includes includes) throws DeviceTreeException {
    this.lexer = new DtsLexer(new SourceStack(source, includes));
    this.tree = new SourceTree(new Location.Line(source.name(), 1, 1));
    this.nodes = new DtsNodeParser(lexer, tree);
  }

  DeviceTree parse() throws DeviceTreeException {
    lexer.expect("/dts-v1/", "version of the source");
    do {
      lexer.expect(";", "/dts-v1/");
      refusePlugin();
    } while (lexer.accept("/dts-v1/"));
    List<AddressRange> reservations = reservations();
    do {
      readDefinition();
    } while (!lexer.atEnd());
    return new DtsResolver(tree).resolve(reservations);
  }

  private void refusePlugin() throws DeviceTreeException {
    if (lexer.at("/plugin/")) {
      throw lexer.unexpected("/dts-v1/", "the source of a whole tree (overlays are not supported)");
    }
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
    SourceNode node = tree.find(reference.get());
    tree.label(node, labels);
    nodes.readBody(node);
  }
}
