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

/** The part that holds a rule. */
enum Holder {
  /** The contract of a kind of plugin has a test of it, which each plugin takes. */
  CONTRACT,
  /** No plugin can break it: nommu's own tests hold it. */
  KERNEL,
  /** Nothing: the kernel does not have it, and the rule says why. */
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

  /** Returns what holds a rule. */
  static Holder of(RuleText rule) {
    if (IN_CONTRACTS.contains(rule.number())) {
      return CONTRACT;
    }
    if (rule.declined().isPresent()) {
      return DECLINED;
    }
    return rule.tests() > 0 ? KERNEL : NOTHING;
  }

  /** Returns the name by which it is chosen. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
