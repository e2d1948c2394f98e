package dev.nommu.tck.trail;

import dev.nommu.api.Errno;
import dev.nommu.api.MapCapability;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.tck.trail.Remark.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Explains a trail in words. */
public final class Explanation {
  private final LongFunction<String> addresses;
  private final List<Remark> remarks = new ArrayList<>();
  private final List<Rule> passed = new ArrayList<>();
  private Capabilities capabilities = Capabilities.NONE;
  private Optional<Rule> againstDirect = Optional.empty();
  private final Remedies remedies;

  private Explanation(List<TrailStep> steps, LongFunction<String> addresses) {
    this.remedies = new Remedies(steps);
    this.addresses = addresses;
  }

  /**
   * Returns the remarks, in order. The rules that changed nothing come first, in one remark.
   *
   * @param steps all steps of one request
   * @param addresses formats an address
   */
  public static List<Remark> of(List<TrailStep> steps, LongFunction<String> addresses) {
    Explanation explanation = new Explanation(steps, addresses);
    steps.forEach(explanation::tell);
    return explanation.all();
  }

  private List<Remark> all() {
    List<Remark> all = new ArrayList<>(remarks);
    if (!passed.isEmpty()) {
      String ids = passed.stream().map(Rule::id).collect(Collectors.joining(" "));
      all.addFirst(new Remark(Label.PASSED, ids, Optional.empty()));
    }
    return all;
  }

  private void tell(TrailStep step) {
    switch (step) {
      case TrailStep.Passed(Rule rule) -> passed(rule);
      case TrailStep.Applied(Rule rule) -> applied(rule);
      case TrailStep.Left(Rule rule, Capabilities left) -> left(rule, left);
      case TrailStep.Answered answered -> answered(answered);
      case TrailStep.Refused(Rule rule, Errno errno) -> refused(rule, errno);
      case TrailStep.Granted(Rule rule, RegionKind kind, long start) -> granted(rule, kind, start);
    }
  }

  private void say(Label label, String text, Rule rule) {
    remarks.add(new Remark(label, text, Optional.of(rule)));
  }

  /** Of the two rules about the offered capabilities only one adds information. */
  private void passed(Rule rule) {
    if (!isOffer(rule)) {
      passed.add(rule);
    }
  }

  private static boolean isOffer(Rule rule) {
    return rule == Rule.BDI_02 || rule == Rule.BDI_03;
  }

  private void applied(Rule rule) {
    switch (rule) {
      case TRIM_02 -> passed.add(rule);
      case DIR_04, DIR_06 -> {
        againstDirect = Optional.of(rule);
        say(Label.APPLIED, "a copy is made", rule);
      }
      default -> say(Label.APPLIED, "", rule);
    }
  }

  private void left(Rule rule, Capabilities left) {
    boolean offer = isOffer(rule);
    String lost = lost(left);
    if (offer) {
      say(Label.OFFERED, left.toString(), rule);
    } else if (lost.isEmpty()) {
      passed.add(rule);
    } else {
      say(Label.DROPPED, lost, rule);
    }
    boolean lostDirect = offer || capabilities.has(MapCapability.MAP_DIRECT);
    if (lostDirect && !left.has(MapCapability.MAP_DIRECT)) {
      againstDirect = Optional.of(rule == Rule.MMAP_19 ? Rule.FLAGS_08 : rule);
    }
    capabilities = left;
  }

  private String lost(Capabilities left) {
    return Arrays.stream(MapCapability.values())
        .filter(each -> capabilities.has(each) && !left.has(each))
        .map(MapCapability::name)
        .collect(Collectors.joining(" "));
  }

  private void answered(TrailStep.Answered step) {
    String asked = step.plugin() + "." + step.operation();
    say(Label.ASKED, asked + ": " + words(step.answer()), step.rule());
    if (step.answer() instanceof PluginAnswer.Failed failed) {
      refused(Decision.failing(step.rule(), failed), failed.errno());
    }
  }

  private String words(PluginAnswer answer) {
    return answer instanceof PluginAnswer.Placed(long address)
        ? "at " + addresses.apply(address)
        : answer.toString();
  }

  private void refused(Rule rule, Errno errno) {
    say(Label.REFUSED, "%s (%s)".formatted(errno, errno.text()), rule);
    instead("", remedies.whenRefused(rule));
  }

  private void granted(Rule rule, RegionKind kind, long start) {
    String what =
        switch (kind) {
          case ANONYMOUS -> "new zeroed memory";
          case COPY -> rule == Rule.SHARE_02 ? "the existing copy" : "a new copy";
          case STORE -> rule == Rule.SHARE_02 ? "the store, once more" : "the file's own store";
        };
    say(Label.MAPPED, what + ", from " + addresses.apply(start) + " on", rule);
    boolean copied = kind == RegionKind.COPY && rule != Rule.SHARE_02;
    againstDirect
        .filter(against -> copied)
        .ifPresent(against -> instead("to map it in place, ", remedies.toMapInPlace(against)));
  }

  /** Some rules have no alternative. */
  private void instead(String purpose, String remedy) {
    if (!remedy.startsWith("nothing")) {
      remarks.add(new Remark(Label.INSTEAD, purpose + remedy, Optional.empty()));
    }
  }
}
