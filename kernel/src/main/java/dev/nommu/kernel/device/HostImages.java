package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.call.FallibleAction;
import dev.nommu.kernel.log.KernelLog;
import java.lang.ScopedValue.CallableOp;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The host's images that hold the contents of one machine's parts. Released when a part is removed,
 * and when the machine ends. Thread-safe.
 */
public final class HostImages {
  private final Arena arena;

  @GuardedBy("this")
  private final Map<Content, ImageFile> files = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<Content, KeptMemory> memories = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Set<Content> used = new LinkedHashSet<>();

  @GuardedBy("this")
  private final List<Failure> failures = new ArrayList<>();

  private record Failure(Content content, ErrnoException reason) {}

  /**
   * Creates an empty set of images.
   *
   * @param arena owns the memory of images until it is closed
   */
  public HostImages(Arena arena) {
    this.arena = arena;
  }

  /**
   * Uses a content, and records the request and any failure.
   *
   * @throws ErrnoException any error of the use
   */
  synchronized <T> T use(Content content, CallableOp<T, ErrnoException> use) throws ErrnoException {
    used.add(content);
    try {
      return use.call();
    } catch (ErrnoException reason) {
      failures.add(new Failure(content, reason));
      throw reason;
    }
  }

  /**
   * Checks that every content requested by a driver was loaded, even if the driver ignored a
   * failure.
   *
   * @throws BoardException the first failure: the entry of the board, the file, the reason
   */
  synchronized void requireAllLoaded(String board) throws BoardException {
    if (!failures.isEmpty()) {
      Failure first = failures.getFirst();
      throw new BoardException(
          "%s: %s: %s"
              .formatted(
                  first.content().location().map(Object::toString).orElse(board),
                  first.content().entry(),
                  first.reason().getMessage()),
          first.reason());
    }
  }

  /** Returns the contents that no driver has requested, in order. */
  synchronized List<Content> unused(List<Content> contents) {
    List<Content> unused = new ArrayList<>(contents);
    unused.removeAll(used);
    return unused;
  }

  /**
   * Opens an image as a store.
   *
   * @throws ErrnoException EIO if it does not exist or cannot be opened, EBUSY if it is persistent
   *     and another machine uses it
   */
  synchronized ImageStore open(Content content) throws ErrnoException {
    return switch (content.keeping()) {
      case VOLATILE -> ImageStore.copyOf(content.image(), arena);
      case PERSISTENT -> ImageStore.of(openFile(content));
      case READ_ONLY -> ImageStore.readOnly(content.image(), arena);
    };
  }

  /**
   * Returns the memory of a part whose contents persist in an image, or empty if they do not.
   *
   * @param filler the byte that extends an image shorter than the part
   * @throws ErrnoException EINVAL if the image is longer than the part or is not the part's only
   *     content; EIO, EBUSY as above
   */
  Optional<KeptMemory> keep(PartContents part, byte filler) throws ErrnoException {
    Optional<Content> content = part.kept();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(use(content.get(), () -> keep(content.get(), part, filler)));
  }

  private synchronized KeptMemory keep(Content content, PartContents part, byte filler)
      throws ErrnoException {
    part.requireAlone(content);
    ImageFile file = openFile(content);
    part.requireFits(content, file.size());
    KeptMemory memory = KeptMemory.of(file, part.length(), filler, arena);
    memories.put(content, memory);
    return memory;
  }

  private synchronized ImageFile openFile(Content content) throws ErrnoException {
    ImageFile file = ImageFile.open(content.image());
    files.put(content, file);
    return file;
  }

  /** Flushes persistent ones to the host's disk and closes the files; failures are logged. */
  synchronized void release(List<Content> contents, KernelLog log) {
    for (Content content : contents) {
      Optional.ofNullable(memories.remove(content)).ifPresent(memory -> attempt(log, memory::sync));
    }
    for (Content content : contents) {
      Optional.ofNullable(files.remove(content)).ifPresent(file -> close(file, log));
    }
  }

  /** Flushes all persistent images to the host's disk and closes the files; failures are logged. */
  public synchronized void close(KernelLog log) {
    release(List.copyOf(files.keySet()), log);
  }

  private static void close(ImageFile file, KernelLog log) {
    attempt(log, file::force);
    attempt(log, file::close);
  }

  private static void attempt(KernelLog log, FallibleAction<ErrnoException> step) {
    try {
      step.run();
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.getMessage());
    }
  }
}
