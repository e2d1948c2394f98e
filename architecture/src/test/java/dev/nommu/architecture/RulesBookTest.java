package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.profile.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks the book of rules, {@code docs/RULES.md}, against the code and tests that it cites. */
final class RulesBookTest {
  private static final Pattern HEADING = Pattern.compile("(?m)^### ([A-Z]+-\\d+[a-z]?)$");
  private static final Pattern SENTENCE =
      Pattern.compile("(?m)^### ([A-Z]+-\\d+[a-z]?)\n\n((?:.+\n)*.+)$");
  private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(#([\\w-]+)\\)");
  private static final Pattern CITED = Pattern.compile("\\b([A-Z]+)-(\\d+[a-z]?)\\b");
  private static final Pattern TEST_OF_RULE =
      Pattern.compile("void ([a-z]+)(\\d+)([a-z]?)_\\w+\\(");
  private static final Pattern RULE_IN_TEXT_ALONE =
      Pattern.compile("new ErrnoException\\([^;]*\\[[A-Z]+-\\d+[a-z]?\\]");
  private static final Pattern ANCHOR = Pattern.compile("(?m)^#+ (.*)$");

  private static String book = "";
  private static final Set<String> RULES = new TreeSet<>();
  private static final Set<String> SECTIONS = new TreeSet<>();

  @BeforeAll
  static void readBook() throws IOException {
    book = Files.readString(Path.of("../docs/RULES.md"));
    HEADING.matcher(book).results().map(found -> found.group(1)).forEach(RULES::add);
    RULES.forEach(rule -> SECTIONS.add(rule.substring(0, rule.indexOf('-'))));
    assertThat(RULES).hasSizeGreaterThan(200);
  }

  private static Map<String, String> sources(String below) throws IOException {
    Map<String, String> texts = RulesBook.sources(Path.of(".."));
    texts.keySet().removeIf(file -> !file.contains("/" + below + "/"));
    return texts;
  }

  @Test
  void everyRuleOfThePlanner_isInTheBook() {
    assertThat(RULES).containsAll(Arrays.stream(Rule.values()).map(Rule::id).toList());
  }

  @Test
  void everyRuleOfThePlanner_isInTheBookInTheSameWords() {
    Map<String, String> sentences =
        SENTENCE
            .matcher(book)
            .results()
            .collect(
                Collectors.toMap(
                    found -> found.group(1),
                    found -> found.group(2).replace("`", "").replace('\n', ' ')));
    assertThat(Arrays.stream(Rule.values()).collect(Collectors.toMap(Rule::id, Rule::sentence)))
        .allSatisfy((id, sentence) -> assertThat(sentence).as(id).isEqualTo(sentences.get(id)));
  }

  @Test
  void everyRule_hasANumberOfItsOwn() {
    assertThat(HEADING.matcher(book).results().map(found -> found.group(1)))
        .doesNotHaveDuplicates();
  }

  @Test
  void rulesAsData_areThoseOfTheBook() throws IOException {
    assertThat(Path.of("../docs/rules.json"))
        .as("run: java architecture/src/test/java/dev/nommu/architecture/RulesJson.java")
        .hasContent(RulesJson.of(book));
  }

  @Test
  void listsOfTests_areThoseThatRulesBookMakes() throws IOException {
    assertThat(RulesBook.update(book, RulesBook.sources(Path.of(".."))))
        .as("run: java architecture/src/test/java/dev/nommu/architecture/RulesBook.java")
        .isEqualTo(book);
  }

  @Test
  void everyDifferenceOfProfiles_isSaidByItsRule() {
    assertThat(Difference.values())
        .allSatisfy(difference ->
            assertThat(sections())
                .filteredOn(section -> section.startsWith("### " + difference.rule() + "\n"))
                .singleElement(STRING)
                .contains("\n- profiles: "));
  }

  private static List<String> sections() {
    return Arrays.stream(book.split("(?m)^(?=#{2,3} )"))
        .filter(section -> section.startsWith("### "))
        .toList();
  }

  @Test
  void everyRuleThatTheCodeCites_isInTheBook() throws IOException {
    List<String> unknown = new ArrayList<>();
    sources("src/main/java")
        .forEach((file, text) ->
            CITED
                .matcher(text)
                .results()
                .filter(found -> SECTIONS.contains(found.group(1)))
                .filter(found -> !RULES.contains(found.group()))
                .forEach(found -> unknown.add(file + ": " + found.group())));
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyFailureThatCitesARule_saysItsNumber() throws IOException {
    assertThat(sources("src/main/java").entrySet())
        .filteredOn(source -> RULE_IN_TEXT_ALONE.matcher(source.getValue()).find())
        .extracting(Map.Entry::getKey)
        .as("a rule in the message of an ErrnoException that is not made by byRule")
        .isEmpty();
  }

  @Test
  void everyTestThatTheBookNames_exists() throws IOException {
    Map<String, String> tests = sources("src/test/java");
    List<String> missing =
        NAMED_TEST
            .matcher(book)
            .results()
            .filter(named -> !exists(tests, named.group(1), named.group(2)))
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertThat(missing).isEmpty();
  }

  private static boolean exists(Map<String, String> tests, String type, String method) {
    return tests.entrySet().stream()
        .filter(source -> source.getKey().endsWith("/" + type + ".java"))
        .anyMatch(source -> source.getValue().contains(" " + method + "("));
  }

  @Test
  void everyTestThatBearsARulesNumber_findsTheRuleInTheBook() throws IOException {
    Set<String> folded = RULES.stream().map(RulesBookTest::folded).collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    sources("src/test/java")
        .forEach((file, text) ->
            TEST_OF_RULE
                .matcher(text)
                .results()
                .filter(test -> SECTIONS.contains(test.group(1).toUpperCase(Locale.ROOT)))
                .filter(test -> !folded.contains(folded(numbered(test))))
                .forEach(test -> unknown.add(file + ": " + test.group())));
    assertThat(unknown).isEmpty();
  }

  private static String numbered(MatchResult test) {
    return test.group(1) + "-" + test.group(2) + test.group(3);
  }

  /** A rule's number without the difference between MMAP-05 and mmap5. */
  private static String folded(String rule) {
    return rule.toUpperCase(Locale.ROOT).replaceFirst("-0*", "-");
  }

  @Test
  void everyRule_namesItsTestsOrSaysWhyThereAreNone() {
    List<String> silent =
        sections().stream()
            .filter(section -> !section.matches("(?s).*\\n- (tests|no test|declined):.*"))
            .map(section -> section.lines().findFirst().orElseThrow())
            .toList();
    assertThat(silent).isEmpty();
  }

  @Test
  void everyRule_saysItsIntentInALineUnlessItIsDeclined() {
    List<String> silent =
        sections().stream()
            .filter(
                section -> !section.matches("(?s).*\\n- (intent: \\S[^\\n]+\\.\\n|declined:).*"))
            .map(section -> section.lines().findFirst().orElseThrow())
            .toList();
    assertThat(silent).isEmpty();
  }

  @Test
  void everyLinkInTheBook_leadsSomewhere() {
    Set<String> anchors =
        ANCHOR
            .matcher(book)
            .results()
            .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
            .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
            .collect(Collectors.toSet());
    assertThat(LINK.matcher(book).results().map(link -> link.group(1)).distinct())
        .isNotEmpty()
        .allMatch(anchors::contains);
  }
}
