package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.UnlinkedFiles.PipeEnds;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of one process, as {@code files_struct}, or of several after {@code clone} with
 * CLONE_FILES. Changes hold its monitor; using a descriptor never blocks. Thread-safe.
 */
final class FileTable {
  /** The most descriptors of a process (RLIMIT_NOFILE). */
  static final int LIMIT = 1024;

  /** NR_OPEN_DEFAULT on a 64-bit machine. */
  private static final int FEWEST_SLOTS = 64;

  private static final int FIRST_ROOM = 8;

  /** By descriptor; replaced by a longer array when it is full. */
  private volatile AtomicReferenceArray<@Nullable OpenFileDescription> files =
      new AtomicReferenceArray<>(FIRST_ROOM);

  private final BitSet open = new BitSet(FIRST_ROOM);
  private final BitSet closedOnExec = new BitSet();
  private int users = 1;

  /** Counts another process as a user of this table; returns it. */
  synchronized FileTable share() {
    users++;
    return this;
  }

  /** Removes a process from the users; the last one closes all files. */
  void leave() {
    boolean unused;
    synchronized (this) {
      users--;
      unused = users == 0;
    }
    if (unused) {
      closeAll();
    }
  }

  /** Returns a table with the same open files. */
  synchronized FileTable copy() {
    FileTable copy = new FileTable();
    files(open).forEach(OpenFileDescription::retain);
    copy.files = withRoomFor(files.length());
    copy.open.or(open);
    copy.closedOnExec.or(closedOnExec);
    return copy;
  }

  private AtomicReferenceArray<@Nullable OpenFileDescription> withRoomFor(int descriptors) {
    AtomicReferenceArray<@Nullable OpenFileDescription> room =
        new AtomicReferenceArray<>(descriptors);
    open.stream().forEach(descriptor -> room.set(descriptor, files.get(descriptor)));
    return room;
  }

  /** Returns the open files, one for each descriptor. */
  synchronized List<OpenFileDescription> openFiles() {
    return files(open);
  }

  private List<OpenFileDescription> files(BitSet descriptors) {
    return descriptors.stream().mapToObj(files::get).filter(Objects::nonNull).toList();
  }

  /**
   * Returns a table with the same open files for a single user: this one if it has no other, else a
   * copy.
   */
  synchronized FileTable forExec() {
    return users == 1 ? share() : copy();
  }

  /** Returns the size of Linux's table now: 64 descriptors, doubled until they fit. */
  synchronized int slots() {
    int highest = Math.max(0, open.length() - 1);
    return Math.max(FEWEST_SLOTS, Integer.highestOneBit(highest) * 2);
  }

  /**
   * Returns the lowest free descriptor, which now refers to this file and stays open across exec.
   */
  int add(OpenFileDescription file) throws ErrnoException {
    return add(file, OnExec.KEPT);
  }

  /** The effect of exec on a descriptor. */
  enum OnExec {
    /** It stays open. */
    KEPT,
    /** It is closed: FD_CLOEXEC. */
    CLOSED;

    /** Returns the effect that a flag such as O_CLOEXEC requests. */
    static OnExec closedIf(int flags, int flag) {
      return (flags & flag) != 0 ? CLOSED : KEPT;
    }
  }

  /**
   * Returns the lowest free descriptor, which now refers to this file.
   *
   * @throws ErrnoException EMFILE, ESRCH if the table has no users left; the file is released
   */
  int add(OpenFileDescription file, OnExec onExec) throws ErrnoException {
    try {
      return install(file, onExec);
    } catch (ErrnoException noRoom) {
      file.release();
      throw noRoom;
    }
  }

  /**
   * Returns the lowest free descriptors, which now refer to these files; both or neither.
   *
   * @throws ErrnoException EMFILE, ESRCH as {@link #add(OpenFileDescription, OnExec)}
   */
  PipeDescriptors add(PipeEnds pipe, OnExec onExec) throws ErrnoException {
    try {
      return install(pipe, onExec);
    } catch (ErrnoException noRoom) {
      pipe.read().release();
      pipe.write().release();
      throw noRoom;
    }
  }

  private synchronized PipeDescriptors install(PipeEnds pipe, OnExec onExec) throws ErrnoException {
    int read = install(pipe.read(), onExec);
    try {
      return new PipeDescriptors(read, install(pipe.write(), onExec));
    } catch (ErrnoException noRoom) {
      free(read);
      throw noRoom;
    }
  }

  private synchronized int install(OpenFileDescription file, OnExec onExec) throws ErrnoException {
    return install(file, 0, onExec);
  }

  private synchronized int install(OpenFileDescription file, int lowest, OnExec onExec)
      throws ErrnoException {
    int descriptor = open.nextClearBit(lowest);
    if (descriptor >= LIMIT) {
      throw new ErrnoException(
          Errno.EMFILE, "open: descriptors %d to %d are in use".formatted(lowest, LIMIT - 1));
    }
    set(descriptor, file, onExec);
    return descriptor;
  }

  private void set(int descriptor, OpenFileDescription file, OnExec onExec) throws ErrnoException {
    if (users == 0) {
      throw new ErrnoException(Errno.ESRCH, "open: the process that had the descriptors has ended");
    }
    if (descriptor >= files.length()) {
      files = withRoomFor(Math.max(2 * files.length(), descriptor + 1));
    }
    files.setRelease(descriptor, file);
    open.set(descriptor);
    closedOnExec.set(descriptor, onExec == OnExec.CLOSED);
  }

  /**
   * Returns another descriptor for an open file, the lowest free one from a number on.
   *
   * @throws ErrnoException EBADF; EINVAL if no descriptor has that number; EMFILE, ESRCH
   */
  synchronized int duplicate(int descriptor, int lowest, OnExec onExec) throws ErrnoException {
    OpenFileDescription file = require(descriptor);
    if (lowest < 0 || lowest >= LIMIT) {
      throw new ErrnoException(
          Errno.EINVAL, "fcntl: expected 0 to %d, found %d".formatted(LIMIT - 1, lowest));
    }
    int duplicate = install(file, lowest, onExec);
    file.retain();
    return duplicate;
  }

  /**
   * Makes a descriptor refer to an open file; closes its former file.
   *
   * @throws ErrnoException EBADF, also for a number that no descriptor can have; ESRCH
   */
  void duplicateTo(int descriptor, int target, OnExec onExec) throws ErrnoException {
    Optional<OpenFileDescription> former;
    synchronized (this) {
      OpenFileDescription file = require(descriptor);
      if (target < 0 || target >= LIMIT) {
        throw new ErrnoException(Errno.EBADF, "dup3: no descriptor has the number " + target);
      }
      former = find(target);
      set(target, file, onExec);
      file.retain();
    }
    former.ifPresent(OpenFileDescription::release);
  }

  /** Returns the effect of exec on a descriptor; EBADF. */
  synchronized OnExec onExec(int descriptor) throws ErrnoException {
    require(descriptor);
    return closedOnExec.get(descriptor) ? OnExec.CLOSED : OnExec.KEPT;
  }

  /** Sets the effect of exec on a descriptor; EBADF. */
  synchronized void onExec(int descriptor, OnExec onExec) throws ErrnoException {
    require(descriptor);
    closedOnExec.set(descriptor, onExec == OnExec.CLOSED);
  }

  /** Closes the descriptors that exec closes. */
  void closeOnExec() {
    takeAll(closedOnExec).forEach(OpenFileDescription::release);
  }

  private void closeAll() {
    takeAll(open).forEach(OpenFileDescription::release);
  }

  private synchronized List<OpenFileDescription> takeAll(BitSet descriptors) {
    List<OpenFileDescription> taken = files(descriptors);
    for (int descriptor : descriptors.stream().toArray()) {
      free(descriptor);
    }
    return taken;
  }

  private void free(int descriptor) {
    files.setRelease(descriptor, null);
    open.clear(descriptor);
    closedOnExec.clear(descriptor);
  }

  void close(int descriptor) throws ErrnoException {
    OpenFileDescription file;
    synchronized (this) {
      file = require(descriptor);
      free(descriptor);
    }
    file.release();
  }

  private @Nullable OpenFileDescription at(int descriptor) {
    AtomicReferenceArray<@Nullable OpenFileDescription> now = files;
    boolean possible = descriptor >= 0 && descriptor < now.length();
    return possible ? now.get(descriptor) : null;
  }

  /** Returns the file behind a descriptor, or empty if it is not open. */
  Optional<OpenFileDescription> find(int descriptor) {
    return Optional.ofNullable(at(descriptor));
  }

  OpenFileDescription require(int descriptor) throws ErrnoException {
    OpenFileDescription file = at(descriptor);
    if (file == null) {
      throw new ErrnoException(Errno.EBADF, "descriptor " + descriptor + " is not open");
    }
    return file;
  }

  /** Returns the file behind a descriptor unless it was opened with O_PATH. */
  OpenFileDescription requireUsable(int descriptor) throws ErrnoException {
    OpenFileDescription file = require(descriptor);
    if (file.isPathOnly()) {
      throw new ErrnoException(Errno.EBADF, "descriptor " + descriptor + " was opened with O_PATH");
    }
    return file;
  }
}
