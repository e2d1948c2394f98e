package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.TreeCalls;

/** How calls find a file. */
sealed interface Place {
  /** Returns the path to name in errors. */
  NommuPath path();

  /** A call on a file. */
  @FunctionalInterface
  interface Call<T> {
    /** Makes it with a path for these calls. */
    T make(TreeCalls tree, String name) throws ErrnoException;
  }

  /** A call on a file that returns nothing. */
  @FunctionalInterface
  interface Action {
    /** Makes it with a path for these calls. */
    void make(TreeCalls tree, String name) throws ErrnoException;
  }

  /** Makes a call on the file. */
  <T> T call(Call<T> call) throws ErrnoException;

  /** Makes a call on the file that returns nothing. */
  default void run(Action action) throws ErrnoException {
    call((tree, name) -> {
      action.make(tree, name);
      return path();
    });
  }

  /**
   * The file an absolute path leads to at the time.
   *
   * @param path a path
   */
  record ByPath(NommuPath path) implements Place {
    @Override
    public <T> T call(Call<T> call) throws ErrnoException {
      return call.make(path.getFileSystem().task().tree(), path.forKernel());
    }
  }

  /**
   * A name in an open directory, even if that was moved (rule FILE-15).
   *
   * @param directory where a relative name starts
   * @param name a path; an absolute one ignores the directory
   */
  record Within(OpenDirectory directory, NommuPath name) implements Place {
    @Override
    public NommuPath path() {
      return directory.path().resolve(name);
    }

    @Override
    public <T> T call(Call<T> call) throws ErrnoException {
      String text = name.toString();
      return directory.call(tree -> call.make(tree, text.isEmpty() ? "." : text));
    }
  }

  /**
   * An open directory itself.
   *
   * @param directory it
   */
  record Itself(OpenDirectory directory) implements Place {
    @Override
    public NommuPath path() {
      return directory.path();
    }

    @Override
    public <T> T call(Call<T> call) throws ErrnoException {
      return directory.call(tree -> call.make(tree.withEmptyPath(), ""));
    }
  }
}
