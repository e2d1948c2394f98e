package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A request to open a file.
 *
 * @param options checked, with READ or WRITE among them
 * @param links how a symbolic link is resolved
 * @param permissions the mode bits of a new file
 */
record OpenRequest(Set<StandardOpenOption> options, Links links, int permissions) {
  private static final int UNLESS_GIVEN = 0666;

  /**
   * Returns the request in a caller's options.
   *
   * @throws UnsupportedOperationException for an unknown option or attribute
   * @throws IllegalArgumentException for options that contradict each other
   */
  static OpenRequest of(Set<? extends OpenOption> wanted, FileAttribute<?>... attributes) {
    EnumSet<StandardOpenOption> options = EnumSet.noneOf(StandardOpenOption.class);
    Links links = Links.FOLLOW;
    for (OpenOption option : wanted) {
      switch (Objects.requireNonNull(option)) {
        case StandardOpenOption standard -> options.add(standard);
        case LinkOption _ -> links = Links.NOFOLLOW;
        default -> throw new UnsupportedOperationException("option " + option);
      }
    }
    return new OpenRequest(checked(options), links, Permissions.ofNew(UNLESS_GIVEN, attributes));
  }

  private static Set<StandardOpenOption> checked(EnumSet<StandardOpenOption> options) {
    if (options.contains(StandardOpenOption.APPEND)) {
      if (options.contains(StandardOpenOption.READ)) {
        throw new IllegalArgumentException("READ + APPEND not allowed");
      }
      if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
        throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
      }
      options.add(StandardOpenOption.WRITE);
    }
    if (!options.contains(StandardOpenOption.WRITE)) {
      options.add(StandardOpenOption.READ);
    }
    return options;
  }

  /** Returns whether an option is among them. */
  boolean has(StandardOpenOption option) {
    return options.contains(option);
  }

  /** Returns the O bits. */
  int flags() {
    int flags = OpenFlags.O_CLOEXEC | access();
    if (links == Links.NOFOLLOW || has(StandardOpenOption.DELETE_ON_CLOSE)) {
      flags |= OpenFlags.O_NOFOLLOW;
    }
    if (has(StandardOpenOption.SYNC)) {
      flags |= OpenFlags.O_SYNC;
    }
    if (has(StandardOpenOption.DSYNC)) {
      flags |= OpenFlags.O_DSYNC;
    }
    return has(StandardOpenOption.WRITE) ? flags | forWriting() : flags;
  }

  private int access() {
    if (!has(StandardOpenOption.WRITE)) {
      return OpenFlags.O_RDONLY;
    }
    return has(StandardOpenOption.READ) ? OpenFlags.O_RDWR : OpenFlags.O_WRONLY;
  }

  private int forWriting() {
    int flags = 0;
    if (has(StandardOpenOption.APPEND)) {
      flags |= OpenFlags.O_APPEND;
    }
    if (has(StandardOpenOption.CREATE_NEW)) {
      return flags | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
    }
    if (has(StandardOpenOption.TRUNCATE_EXISTING)) {
      flags |= OpenFlags.O_TRUNC;
    }
    return has(StandardOpenOption.CREATE) ? flags | OpenFlags.O_CREAT : flags;
  }

  /** Opens a channel. */
  NommuFileChannel open(Place place) throws IOException {
    NommuFileSystem fileSystem = place.path().getFileSystem();
    Task task = fileSystem.task();
    try {
      int number = place.call((tree, name) -> tree.open(name, flags(), permissions));
      NommuFileChannel channel = channel(place, new OpenDescriptor(task, number));
      fileSystem.opened(channel);
      return channel;
    } catch (ErrnoException failure) {
      throw Failures.of(place.path(), failure);
    }
  }

  private NommuFileChannel channel(Place place, OpenDescriptor descriptor)
      throws ErrnoException, IOException {
    boolean done = false;
    try {
      NommuPath file = place.path();
      FileKey key = FileKey.of(descriptor.call(Task::fstat));
      if (has(StandardOpenOption.DELETE_ON_CLOSE)) {
        place.run(TreeCalls::unlink);
      }
      done = true;
      return new NommuFileChannel(file, this, descriptor, file.getFileSystem().locks(), key);
    } finally {
      if (!done) {
        descriptor.close();
      }
    }
  }
}
