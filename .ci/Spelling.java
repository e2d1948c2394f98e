import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.languagetool.JLanguageTool;
import org.languagetool.Languages;
import org.languagetool.markup.AnnotatedText;
import org.languagetool.markup.AnnotatedTextBuilder;
import org.languagetool.rules.ITSIssueType;
import org.languagetool.rules.Rule;
import org.languagetool.rules.RuleMatch;
import org.languagetool.rules.spelling.SpellingCheckRule;

/**
 * Checks the English of the documents and of Javadoc with LanguageTool: spelling and grammar, not
 * style. Words of the field are in {@code words.txt} beside this file, one on each line.
 *
 * <p>Arguments: the root of the project. Prints each mistake with its file and line, and ends with
 * 1 if there are any.
 */
final class Spelling {
  /** Rules that the words of the field mislead: a write, an erase, an access, a window, slack. */
  private static final Set<String> NOT_ASKED =
      Set.of(
          "A_INFINITIVE",
          "A_LOT_OF_NN",
          "A_MY",
          "A_NNS",
          "A_UNCOUNTABLE",
          "AGREEMENT_SENT_START",
          "ATD_VERBS_TO_COLLOCATION",
          "DT_DT",
          "DT_JJ_NO_NOUN",
          "HAVE_PART_AGREEMENT",
          "HE_VERB_AGR",
          "IN_WINDOWS",
          "KIND_OF_A",
          "MANY_NN",
          "NNP_AGREEMENT",
          "NN_NOT_JJ",
          "ON_SKYPE",
          "PHRASE_REPETITION",
          "PRP_HAVE_VB",
          "REPEATED_VERBS",
          "THERE_RE_MANY",
          "THE_SUPERLATIVE",
          "THIS_NNS");

  /** Constants, and names of code in camel case or with digits and dots. */
  private static final Pattern NAME =
      Pattern.compile("[A-Z][A-Z0-9_-]+s?|\\w*[a-z]\\w*[A-Z]\\w*|.*[0-9./_<>`#{}].*");

  /** Code, links' targets, tags and headers: anything that is not prose. */
  private static final Pattern MARKDOWN_MARKUP =
      Pattern.compile(
          "(?ms)^ *```.*?^ *```|^\\|[-| ]*$|`[^`]+`|\\]\\([^)]*\\)|<[^>\n"
              + "]+>|\\[|\\*\\*|^#+ |^[ \t]*[-*] |https?://\\S+");

  private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");

  private static final Pattern JAVADOC_MARKUP =
      Pattern.compile(
          "(?ms)^\\s*\\* @(param|throws|see) \\S+|@(return|since)\\b"
              + "|\\{@(snippet|code)\\b[^{}]*(\\{[^{}]*\\}[^{}]*)*\\}|\\{@\\w+\\s[^}]*\\}"
              + "|<pre>.*?</pre>|<[^>\n]+>|^\\s*\\* ?");

  private final JLanguageTool tool = new JLanguageTool(Languages.getLanguageForShortCode("en-GB"));
  private final Set<String> words;
  private final List<String> mistakes = new ArrayList<>();

  private Spelling(Set<String> words) {
    this.words = words;
    for (Rule rule : tool.getAllActiveRules()) {
      if (!(rule instanceof SpellingCheckRule)
          && (rule.getLocQualityIssueType() != ITSIssueType.Grammar
              || NOT_ASKED.contains(rule.getId()))) {
        tool.disableRule(rule.getId());
      }
    }
  }

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    Spelling spelling = new Spelling(Set.copyOf(Files.readAllLines(root.resolve(".ci/words.txt"))));
    for (Path file : files(root)) {
      spelling.check(root.relativize(file).toString(), Files.readString(file));
    }
    spelling.mistakes.forEach(System.out::println);
    System.exit(spelling.mistakes.isEmpty() ? 0 : 1);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().matches(".*(\\.md|/src/main/java/.*\\.java)"))
          .filter(file -> !root.relativize(file).toString().matches("(.*/)?target/.*"))
          .sorted()
          .toList();
    }
  }

  private void check(String file, String text) throws IOException {
    if (file.endsWith(".md")) {
      check(file, text, 0, MARKDOWN_MARKUP);
      return;
    }
    for (MatchResult comment : JAVADOC.matcher(text).results().toList()) {
      check(
          file,
          comment.group(1),
          text.substring(0, comment.start()).split("\n", -1).length - 1,
          JAVADOC_MARKUP);
    }
  }

  private void check(String file, String prose, int linesBefore, Pattern markup)
      throws IOException {
    for (RuleMatch match : tool.check(annotated(prose, markup))) {
      String found = prose.substring(match.getFromPos(), match.getToPos());
      if (!(match.getRule() instanceof SpellingCheckRule) || !isKnown(found)) {
        int line = linesBefore + prose.substring(0, match.getFromPos()).split("\n", -1).length;
        mistakes.add(
            "%s:%d: %s: %s (%s)"
                .formatted(
                    file,
                    line,
                    found.replaceAll("\\s+", " "),
                    match.getMessage().replaceAll("</?suggestion>", "\""),
                    match.getRule().getId()));
      }
    }
  }

  /** A mistake may be reported with the word before it. */
  private boolean isKnown(String mistake) {
    return NAME.matcher(mistake).matches()
        || Arrays.stream(mistake.toLowerCase(Locale.ROOT).split("\\s+"))
            .flatMap(word -> Stream.of(word, word.replaceFirst("(e?s|ing|ed)$", "")))
            .anyMatch(words::contains);
  }

  private static AnnotatedText annotated(String prose, Pattern markup) {
    AnnotatedTextBuilder builder = new AnnotatedTextBuilder();
    Matcher found = markup.matcher(prose);
    int at = 0;
    while (found.find()) {
      builder.addText(prose.substring(at, found.start()));
      builder.addMarkup(found.group(), insteadOf(found.group()));
      at = found.end();
    }
    return builder.addText(prose.substring(at)).build();
  }

  /** Code in a sentence is a noun, emphasis is nothing, and all else ends a sentence. */
  private static String insteadOf(String markup) {
    if (markup.matches("(?s)`[^`].*|\\{@(code|link|linkplain|value)\\b.*")) {
      return "Linux";
    }
    return markup.matches("(?s)\\[|\\].*|\\*\\*|</?(a|b|em|i)>|\\s*\\* ?") ? "" : "\n\n";
  }
}
