package dev.nommu.cli.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules as data are of the form that their schema says. */
final class RulesSchemaTest {
  private static final Path RULES = Path.of("..", "docs", "rules.json");
  private static final Path SCHEMA = Path.of("..", "docs", "rules-schema.json");

  @TempDir private Path directory;

  @Test
  void rules_areOfTheSchema() throws Exception {
    assertThat(Python.run(RULES, "schema.py", SCHEMA)).isEqualTo(new Python(0, "valid\n"));
  }

  @Test
  void profileThatIsNotThere_isFound() throws Exception {
    String rules = Files.readString(RULES);
    assertThat(rules).contains("\"profiles\": {\"document\": ");
    Path wrong = directory.resolve("wrong.json");
    Files.writeString(wrong, rules.replace("{\"document\": ", "{\"linux-2.6\": "));
    assertThat(Python.run(wrong, "schema.py", SCHEMA).output())
        .contains(".profiles: ", "is against additionalProperties: False");
  }
}
