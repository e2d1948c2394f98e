package dev.nommu.tck.mapping;

import dev.nommu.tck.Clause;
import java.util.ArrayList;
import java.util.List;

/** The rules for every file of any kind that is opened under a name. */
public final class MappingClauses {
  private MappingClauses() {}

  /**
   * Returns the rules for a file.
   *
   * @param path its path on the machine
   */
  public static List<Clause> of(String path) {
    LifeClauses life = new LifeClauses(path);
    List<Clause> clauses = new ArrayList<>();
    clauses.add(life.first());
    clauses.addAll(new CapabilityClauses(path).all());
    clauses.addAll(new PlacementClauses(path).all());
    clauses.addAll(new ContentClauses(path).all());
    clauses.addAll(life.all());
    return List.copyOf(clauses);
  }
}
