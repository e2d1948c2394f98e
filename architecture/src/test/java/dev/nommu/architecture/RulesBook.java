package dev.nommu.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The book of rules, {@code docs/RULES.md}. Below each rule it lists the tests whose names begin
 * with the rule's number; run this in the project's directory to update the lists:
 *
 * <pre>java architecture/src/test/java/dev/nommu/architecture/RulesBook.java</pre>
 */
public final class RulesBook {
  private static final Path BOOK = Path.of("docs/RULES.md");
  private static final int WIDTH = 150;

  private static final Pattern TYPE_OF_TEST = Pattern.compile(".*/src/test/java/.*/(\\w+)\\.java");

  /** A test of one rule, as {@code mmap05_…}, or of consecutive ones: {@code mmap05to09_…}. */
  private static final Pattern TEST =
      Pattern.compile("void (([a-z]+)(\\d+)([a-z]?)(?:to(\\d+))?_\\w+)\\(");

  private static final Pattern RULE = Pattern.compile("### (([A-Z]+)-(\\d+)([a-z]?))\n(?s).*");
  private static final Pattern LIST = Pattern.compile("(?m)^- tests:\n(?:  .*\n)*");

  /** A rule that is declined, in whole or in part, lists only tests with exactly its number. */
  private static final Pattern DECLINED = Pattern.compile("(?m)^- (?:no test|declined):");

  private final List<Numbered> tests = new ArrayList<>();

  /** A test, and the rules of a section that its name cites, with an optional letter. */
  private record Numbered(
      String type, String method, String section, int from, int to, String letter) {
    private boolean isOf(String section, int number, String letter) {
      boolean exact = !isOfOneRule() || this.letter.equals(letter);
      return this.section.equals(section) && from <= number && number <= to && exact;
    }

    private boolean isOfOneRule() {
      return from == to;
    }
  }

  private RulesBook(Map<String, String> sources) {
    sources.forEach(this::collect);
  }

  private void collect(String file, String source) {
    Matcher type = TYPE_OF_TEST.matcher(file);
    if (type.matches()) {
      TEST.matcher(source)
          .results()
          .map(found -> numbered(type.group(1), found))
          .forEach(tests::add);
    }
  }

  private static Numbered numbered(String type, MatchResult test) {
    int from = Integer.parseInt(test.group(3));
    int to = test.group(5) == null ? from : Integer.parseInt(test.group(5));
    String section = test.group(2).toUpperCase(Locale.ROOT);
    return new Numbered(type, test.group(1), section, from, to, test.group(4));
  }

  /**
   * Returns a book with its lists of tests updated.
   *
   * @param sources the texts of Java files by their paths with slashes; only tests are used
   */
  static String update(String book, Map<String, String> sources) {
    RulesBook lists = new RulesBook(sources);
    return Stream.of(book.split("(?m)^(?=#{2,3} )"))
        .map(lists::updateSection)
        .collect(Collectors.joining());
  }

  private String updateSection(String text) {
    Matcher rule = RULE.matcher(text);
    if (!rule.matches()) {
      return text;
    }
    boolean applies = !DECLINED.matcher(text).find();
    String bare = LIST.matcher(text).replaceAll("").stripTrailing();
    int number = Integer.parseInt(rule.group(3));
    List<Numbered> found =
        tests.stream()
            .filter(test -> test.isOf(rule.group(2), number, rule.group(4)))
            .filter(test -> applies || test.isOfOneRule())
            .toList();
    return bare + "\n" + list(found) + "\n";
  }

  /** Returns the list of tests, grouped by class. */
  private static String list(Collection<Numbered> tests) {
    Map<String, SortedSet<String>> byType = new TreeMap<>();
    for (Numbered test : tests) {
      byType.computeIfAbsent(test.type(), type -> new TreeSet<>()).add(test.method());
    }
    StringBuilder text = new StringBuilder(tests.isEmpty() ? "" : "- tests:\n");
    byType.forEach((type, methods) -> text.append(item(type, methods)));
    return text.toString();
  }

  private static String item(String type, SortedSet<String> methods) {
    StringBuilder text = new StringBuilder("  - `" + type + "`:");
    int column = text.length();
    for (String method : methods) {
      String word = "`" + method + (method.equals(methods.last()) ? "`" : "`,");
      boolean fits = column + word.length() < WIDTH;
      text.append(fits ? " " : "\n    ").append(word);
      column = fits ? column + 1 + word.length() : 4 + word.length();
    }
    return text.append('\n').toString();
  }

  /** Returns the texts of the Java files below a folder by their paths with slashes. */
  static Map<String, String> sources(Path project) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.toList()) {
        String path = project.relativize(file).toString().replace('\\', '/');
        if (path.matches("[^/]+/src/.*\\.java")) {
          texts.put(path, Files.readString(file));
        }
      }
    }
    return texts;
  }

  /** Updates the book in the current directory. */
  public static void main(String[] none) throws IOException {
    String book = Files.readString(BOOK);
    Files.writeString(BOOK, update(book, sources(Path.of(""))));
  }
}
