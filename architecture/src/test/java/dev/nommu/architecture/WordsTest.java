package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Phrases that a native speaker would not write, in documents, comments and messages. */
final class WordsTest {
  /** Ends a paragraph, even one without a full stop. */
  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\s*\\*?\\s*\\n");

  /** Joins the lines of a comment or paragraph. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\n\\s*(\\*|//)?\\s*");

  private static final String BEGIN = "(^|[.;:] +|/\\*\\* |<p>|\\| |- |\")";

  /** Relative clauses without a head at the beginning of a sentence. */
  private static final Pattern HEADLESS =
      Pattern.compile(
          BEGIN + "(Who (wants|needs|may|makes|has|is)|Whoever|What (came|became) of)\\b");

  private static final Pattern IS_NO =
      Pattern.compile(
          "(?<![Tt]here )(?<!where )\\b(is|are) no (?!longer|more|other\\b|use\\b)[a-z]+");

  private static final Pattern IS_THERE = Pattern.compile("\\b[Ww]hat is there is\\b");

  @Test
  void noSentence_beginsWithARelativeClauseWithoutAHead() throws IOException {
    assertThat(found(HEADLESS)).isEmpty();
  }

  @Test
  void noSentence_saysIsNo() throws IOException {
    assertThat(found(IS_NO)).isEmpty();
  }

  @Test
  void noSentence_saysWhatIsThereIs() throws IOException {
    assertThat(found(IS_THERE)).isEmpty();
  }

  private static List<String> found(Pattern pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path text : texts()) {
      Matcher matcher = pattern.matcher(joined(Files.readString(text)));
      while (matcher.find()) {
        found.add(text + ": " + matcher.group());
      }
    }
    return found;
  }

  private static String joined(String text) {
    String paragraphs = BLANK_LINE.matcher(text).replaceAll(". ");
    return LINE_BREAK.matcher(paragraphs).replaceAll(" ");
  }

  private static List<Path> texts() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<Path> texts =
          files
              .filter(file -> file.toString().matches(".*(/src/.*\\.java|\\.md)"))
              .filter(file -> !file.toString().matches(".*/(target|WordsTest\\.java)(/.*)?"))
              .toList();
      assertThat(texts).hasSizeGreaterThan(1000);
      return texts;
    }
  }
}
