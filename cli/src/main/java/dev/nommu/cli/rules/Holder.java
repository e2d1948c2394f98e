package dev.nommu.cli.rules;

import dev.nommu.tck.Clause;
import dev.nommu.tck.RuleText;
import dev.nommu.tck.device.BlockDevices;
import dev.nommu.tck.device.CharacterDevices;
import dev.nommu.tck.device.FrameBuffers;
import dev.nommu.tck.device.Mtds;
import dev.nommu.tck.device.Registers;
import dev.nommu.tck.exec.BinaryFormats;
import dev.nommu.tck.fs.FileSystems;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What enforces a rule. */
enum Holder {
  /** A test in the contract of a kind of plugin, run for each plugin. */
  CONTRACT,
  /** Nommu's own tests: no plugin can break it. */
  KERNEL,
  /** Nothing: the kernel does not implement it, and the rule gives the reason. */
  DECLINED,
  /** Nothing: it has no test. */
  NOTHING;

  private static final Set<String> IN_CONTRACTS =
      Stream.of(
              BinaryFormats.rules(),
              BlockDevices.rules(),
              CharacterDevices.rules(),
              FileSystems.rules(),
              FrameBuffers.rules(),
              Mtds.rules(),
              Registers.rules())
          .flatMap(List::stream)
          .map(Clause::rule)
          .map(RuleText::number)
          .collect(Collectors.toUnmodifiableSet());

  /** Returns what enforces a rule. */
  static Holder of(RuleText rule) {
    if (IN_CONTRACTS.contains(rule.number())) {
      return CONTRACT;
    }
    if (rule.declined().isPresent()) {
      return DECLINED;
    }
    return rule.tests() > 0 ? KERNEL : NOTHING;
  }

  /** Returns its name on the command line. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
