package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.TreeCalls;

/** Where calls look for a file. */
sealed interface Place {
  /** Returns what errors name. */
  NommuPath path();

  /** A call about a file. */
  @FunctionalInterface
  interface Call<T> {
    /** Makes it with a path that is for these calls. */
    T make(TreeCalls tree, String name) throws ErrnoException;
  }

  /** A call about a file that returns nothing. */
  @FunctionalInterface
  interface Action {
    /** Makes it with a path that is for these calls. */
    void make(TreeCalls tree, String name) throws ErrnoException;
  }

  /** Makes a call about the file. */
  <T> T call(Call<T> call) throws ErrnoException;

  /** Makes a call about the file that returns nothing. */
  default void run(Action action) throws ErrnoException {
    call((tree, name) -> {
      action.make(tree, name);
      return path();
    });
  }

  /**
   * Whatever the absolute path leads to at the time.
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
   * A name in a directory that is open, wherever that has been moved (rule FILE-15).
   *
   * @param directory where a relative name begins
   * @param name a path; an absolute one does not look at the directory
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
   * A directory that is open itself.
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
