package dev.nommu.cli.matrix;

import dev.nommu.cli.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The matrix as programs read it. */
record MatrixTable(List<Map<String, String>> rows) {
  /** Runs {@code matrix --format csv} with more arguments. */
  static MatrixTable of(Object... arguments) {
    Object[] all =
        Stream.concat(Stream.of("matrix", "--format", "csv"), Stream.of(arguments)).toArray();
    Run run = Run.of(all);
    if (run.exitCode() != 0) {
      throw new AssertionError(run.err());
    }
    return parse(run.out());
  }

  private static MatrixTable parse(String csv) {
    List<List<String>> lines = csv.lines().map(MatrixTable::fields).toList();
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < line.size(); i++) {
        row.put(lines.getFirst().get(i), line.get(i));
      }
      rows.add(row);
    }
    return new MatrixTable(rows);
  }

  /** Fields as RFC 4180 has them; none of ours has a line end in it. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean escaped = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        i += escaped ? 1 : 0;
        field.append(escaped ? "\"" : "");
        quoted = escaped || !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  /** Returns the one trial of a file or device, also of one that is listed as alike. */
  Map<String, String> trial(String path, String sharing, String protection) {
    return rows.stream()
        .filter(row -> paths(row).contains(path))
        .filter(row -> row.get("sharing").equals(sharing))
        .filter(row -> row.get("protection").equals(protection))
        .reduce((one, other) -> {
          throw new AssertionError("twice: " + one);
        })
        .orElseThrow(() -> new AssertionError("not tried: " + path));
  }

  /** Returns the paths that a row is about. */
  static List<String> paths(Map<String, String> row) {
    List<String> paths = new ArrayList<>(List.of(row.get("path")));
    if (!row.get("alike").isEmpty()) {
      paths.addAll(List.of(row.get("alike").split(" ")));
    }
    return paths;
  }
}
