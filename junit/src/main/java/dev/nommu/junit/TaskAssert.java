package dev.nommu.junit;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.mapping.MappingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** Assertions about a task. */
public final class TaskAssert {
  private final Task task;

  TaskAssert(Task task) {
    this.task = task;
  }

  /**
   * Begins a request for a mapping, which an assertion about its outcome makes. By default it is
   * private, of one page, from the start of the file, and PROT_NONE.
   *
   * @param descriptor of an open file
   */
  public MappingAssert mapping(int descriptor) {
    return new MappingAssert(task, descriptor);
  }

  /**
   * Maps a file in every way, and asserts that the outcomes equal an approved text stored with the
   * tests: a line for each way, as {@link MappingTable} writes it.
   *
   * @param path of the file on the machine
   * @param approved of the text; if it does not exist, the failure contains the text to approve
   */
  public TaskAssert mapsAsIn(String path, Path approved) throws IOException {
    String actual = table(path);
    if (!Files.exists(approved)) {
      throw new AssertionFailedError(
          "%s: no such file; to approve the mappings of %s, write:%n%s"
              .formatted(approved, path, actual));
    }
    String expected = Files.readString(approved);
    if (!expected.equals(actual)) {
      throw new AssertionFailedError(
          "%s does not map as %s has it: expected, actual%n%s"
              .formatted(path, approved, sideBySide(expected, actual)),
          expected,
          actual);
    }
    return this;
  }

  private String table(String path) {
    try {
      return MappingTable.of(task, path).toString();
    } catch (ErrnoException unopened) {
      throw new AssertionFailedError(path + ": " + unopened.getMessage(), unopened);
    }
  }

  private static String sideBySide(String expected, String actual) {
    List<String> left = expected.lines().toList();
    List<String> right = actual.lines().toList();
    int width = left.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String one = i < left.size() ? left.get(i) : "";
      String other = i < right.size() ? right.get(i) : "";
      text.append(one.equals(other) ? "  " : "! ")
          .append(one)
          .append(" ".repeat(width - one.length()))
          .append(" | ")
          .append(other)
          .append(System.lineSeparator());
    }
    return text.toString();
  }
}
