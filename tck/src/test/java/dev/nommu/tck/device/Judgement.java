package dev.nommu.tck.device;

import dev.nommu.api.Profile;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges a plugin by clauses of its own kind. */
final class Judgement {
  private Judgement() {}

  /** Returns what is said of each clause that a plugin breaks, by what the clause is called. */
  static Map<String, String> broken(Subject subject, List<Clause> clauses) {
    Contract contract = new Contract("test", subject, clauses);
    Map<String, String> broken = new TreeMap<>();
    for (Clause clause : clauses) {
      if (contract.judge(clause, Profile.LINUX_6_12) instanceof Verdict.Broken wrong) {
        broken.put(clause.name(), wrong.describe(clause));
      }
    }
    return broken;
  }
}
