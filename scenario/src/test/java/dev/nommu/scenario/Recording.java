package dev.nommu.scenario;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A scenario that was run on a real kernel, with that kernel's results.
 *
 * @param name the name of the files, without their extensions
 */
record Recording(String name, Scenario scenario, Transcript transcript) {
  /** The result of a step: a text after it, or the lines below it. */
  record Result(String text, List<String> lines) {}

  static List<Recording> all() throws IOException, URISyntaxException, ScenarioException {
    URL folder = Objects.requireNonNull(Recording.class.getResource("/recorded"));
    List<Recording> recordings = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      List<Path> texts = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
      for (Path text : texts) {
        String name = text.getFileName().toString().replace(".txt", "");
        Transcript transcript = Transcript.read(text.resolveSibling(name + ".out"));
        recordings.add(new Recording(name, Scenario.parse(text), transcript));
      }
    }
    return recordings;
  }

  static Recording of(String name) throws IOException, URISyntaxException, ScenarioException {
    return all().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  /** Returns the results of the steps, in order. */
  List<Result> results() {
    List<String> answers =
        transcript.lines().stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith("    # kernel:"))
            .toList();
    List<Result> results = new ArrayList<>();
    int at = 0;
    for (ScenarioLine line : scenario.lines()) {
      if (line instanceof ScenarioLine.Statement statement) {
        String text = answers.get(at++).substring(statement.text().length() + " =".length());
        List<String> below = new ArrayList<>();
        while (at < answers.size() && answers.get(at).startsWith("    ")) {
          below.add(answers.get(at++).strip());
        }
        results.add(new Result(text.strip(), below));
      }
    }
    return results;
  }

  @Override
  public String toString() {
    return name;
  }
}
