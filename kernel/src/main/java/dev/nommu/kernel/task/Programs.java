package dev.nommu.kernel.task;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the executables of a machine do, as there is no processor that runs them. Thread-safe. */
public final class Programs {
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  Programs() {}

  /**
   * Lets a program run wherever a file is executed, in the place of the one registered before.
   *
   * @param path of the file, from the root of the tree and without symbolic links
   */
  public void register(String path, Program program) {
    programs.put(path, program);
  }

  /** Returns what runs when a file is executed, or empty for nothing. */
  Optional<Program> find(String path) {
    return Optional.ofNullable(programs.get(path));
  }
}
