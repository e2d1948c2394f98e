package dev.nommu.nio;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Finds the path of a file without symbolic links. Not thread-safe. */
final class RealPath {
  /** MAXSYMLINKS in Linux. */
  private static final int MOST_LINKS = 40;

  private final NommuPath path;
  private final TreeCalls tree;
  private final Deque<String> left;
  private NommuPath real;
  private int links;

  /** Starts from an absolute path. */
  RealPath(NommuPath path) {
    this.path = path;
    this.tree = path.getFileSystem().task().tree();
    this.left = new ArrayDeque<>(Arrays.asList(path.forKernel().split("/")));
    this.real = path.getFileSystem().root();
  }

  /** Returns the path of an existing file, with symbolic links if those are to stay. */
  NommuPath resolve(Links kept) throws IOException {
    try {
      if (kept == Links.NOFOLLOW) {
        tree.lstat(path.forKernel());
        return withoutDots();
      }
      tree.stat(path.forKernel());
      while (!left.isEmpty()) {
        step(left.removeFirst());
      }
      return real;
    } catch (ErrnoException failure) {
      throw Failures.of(path, failure);
    }
  }

  /** A ".." after a symbolic link does not lead to the link's directory. */
  private NommuPath withoutDots() throws ErrnoException {
    while (!left.isEmpty()) {
      String name = left.removeFirst();
      if (name.equals("..") && isLink(real)) {
        NommuPath target = new RealPath(real.entry("..")).real();
        real = target;
      } else {
        take(name);
      }
    }
    return real;
  }

  private NommuPath real() throws ErrnoException {
    while (!left.isEmpty()) {
      step(left.removeFirst());
    }
    return real;
  }

  private void step(String name) throws ErrnoException {
    NommuPath before = real;
    take(name);
    if (!name.equals("..") && isLink(real)) {
      follow(before);
    }
  }

  private void take(String name) {
    if (name.equals("..")) {
      NommuPath parent = real.getParent();
      real = parent == null ? real : parent;
    } else if (!name.isEmpty() && !name.equals(".")) {
      real = real.entry(name);
    }
  }

  private boolean isLink(NommuPath file) throws ErrnoException {
    return tree.lstat(file.forKernel()).kind() == FileKind.SYMBOLIC_LINK;
  }

  private void follow(NommuPath directory) throws ErrnoException {
    links++;
    if (links > MOST_LINKS) {
      throw new ErrnoException(Errno.ELOOP, "path %s: more than 40 links".formatted(path));
    }
    String target = tree.readlink(real.forKernel());
    real = target.startsWith("/") ? path.getFileSystem().root() : directory;
    String[] names = target.split("/");
    for (int i = names.length - 1; i >= 0; i--) {
      left.addFirst(names[i]);
    }
  }
}
