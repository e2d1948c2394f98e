package dev.nommu.campaign;

import dev.nommu.api.Profile;
import dev.nommu.tck.session.ProfileComparison.Difference;
import dev.nommu.tck.session.Wrong;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of a finding.
 *
 * @param plugin the class under test
 * @param work the kind of work
 * @param profile its name, or {@code both} for a difference between profiles
 * @param rule the broken rule, or the kind of error
 * @param method the plugin's method that broke it, if known; otherwise the error, without its
 *     numbers
 */
public record Cause(String plugin, Work work, String profile, String rule, String method)
    implements Comparable<Cause> {
  private static final String BOTH = "both";
  private static final String DIFFERENCE = "DIFFERENCE";
  private static final String FAULT_OF_PLUGIN = "PLUGIN-01";
  private static final Pattern METHOD = Pattern.compile("plugin (\\S+): (\\w+)");
  private static final Pattern NUMBER = Pattern.compile("\\b(?:0x[0-9a-f]+|\\d+)\\b");
  private static final Comparator<Cause> ORDER =
      Comparator.comparing(Cause::plugin)
          .thenComparing(Cause::work)
          .thenComparing(Cause::profile)
          .thenComparing(Cause::rule)
          .thenComparing(Cause::method);

  /** Returns the cause of a finding of a session. */
  static Cause of(Plan.Assignment assignment, Wrong wrong) {
    Matcher method = METHOD.matcher(wrong.what());
    return wrong.kind() == Wrong.Kind.FAULT && method.find()
        ? ofMethod(assignment, FAULT_OF_PLUGIN, method.group(1) + "." + method.group(2))
        : of(assignment, wrong.kind().name(), wrong.what());
  }

  /** Returns the cause of a finding of a sweep, which is a text. */
  static Cause of(Plan.Assignment assignment, String wrong) {
    int end = wrong.indexOf(": ");
    return of(
        assignment,
        new Wrong(Wrong.Kind.valueOf(wrong.substring(0, end)), wrong.substring(end + 2)));
  }

  /** Returns the cause of a difference between the profiles. */
  static Cause of(Plan.Assignment assignment, Difference found) {
    return new Cause(
        assignment.plugin(),
        assignment.work(),
        BOTH,
        DIFFERENCE,
        "%s: %s / %s".formatted(found.call(), found.document(), found.linux()));
  }

  /** Returns the cause of a finding described by a sentence, as its method is unknown. */
  static Cause of(Plan.Assignment assignment, String rule, String what) {
    return ofMethod(assignment, rule, withoutNumbers(what));
  }

  private static Cause ofMethod(Plan.Assignment assignment, String rule, String method) {
    Profile profile = assignment.profile();
    return new Cause(assignment.plugin(), assignment.work(), profile.id(), rule, method);
  }

  /** Returns whether an assignment found it. */
  boolean isOf(Plan.Assignment assignment) {
    return plugin.equals(assignment.plugin())
        && work == assignment.work()
        && (profile.equals(BOTH) || profile.equals(assignment.profile().id()));
  }

  private static String withoutNumbers(String text) {
    return NUMBER.matcher(text.lines().findFirst().orElse("")).replaceAll("N");
  }

  /** Returns whether this is an error, not merely a difference. */
  public boolean isWrong() {
    return !rule.equals(DIFFERENCE);
  }

  /** Returns a name for a folder, the same in each run. */
  String folderName() {
    String readable = simple(plugin) + "-" + profile + "-" + rule + "-" + simple(method);
    String plain = readable.replaceAll("[^A-Za-z0-9.-]+", "-");
    return "%s-%08x".formatted(plain.substring(0, Math.min(plain.length(), 80)), hash());
  }

  private int hash() {
    return "%s|%s|%s|%s|%s".formatted(plugin, work, profile, rule, method).hashCode();
  }

  private static String simple(String name) {
    return name.replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "");
  }

  @Override
  public int compareTo(Cause other) {
    return ORDER.compare(this, other);
  }
}
