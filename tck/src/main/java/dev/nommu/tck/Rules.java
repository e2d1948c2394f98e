package dev.nommu.tck;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of {@code docs/RULES.md}, which are in the jar as {@code rules.json}. */
public final class Rules {
  private static final String RESOURCE = "rules.json";
  private static final Map<String, RuleText> RULES = read();

  private Rules() {}

  /** Returns all of them, in the order of the book. */
  public static Collection<RuleText> all() {
    return RULES.values();
  }

  /**
   * Returns a rule.
   *
   * @param number such as {@code "MMAP-17"}
   * @throws IllegalArgumentException if there is no such rule
   */
  public static RuleText of(String number) {
    return Optional.ofNullable(RULES.get(number))
        .orElseThrow(() -> new IllegalArgumentException(number + ": no such rule"));
  }

  private static Map<String, RuleText> read() {
    Map<String, RuleText> rules = new LinkedHashMap<>();
    try (InputStream in =
            Objects.requireNonNull(Rules.class.getResourceAsStream(RESOURCE), RESOURCE);
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      for (JsonElement each :
          JsonParser.parseReader(text).getAsJsonObject().getAsJsonArray("rules")) {
        RuleText rule = rule(each.getAsJsonObject());
        rules.put(rule.number(), rule);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return rules;
  }

  private static RuleText rule(JsonObject object) {
    return new RuleText(
        object.get("number").getAsString(),
        object.get("sentence").getAsString(),
        text(object, "document"),
        Optional.ofNullable(object.getAsJsonArray("errno")).map(Rules::texts).orElse(List.of()),
        Optional.ofNullable(object.getAsJsonObject("profiles"))
            .map(Rules::members)
            .orElse(Map.of()),
        text(object, "declined"),
        object.get("tests").getAsInt());
  }

  private static Optional<String> text(JsonObject object, String member) {
    return Optional.ofNullable(object.get(member)).map(JsonElement::getAsString);
  }

  private static Map<String, String> members(JsonObject object) {
    return object.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().getAsString()));
  }

  private static List<String> texts(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }
}
