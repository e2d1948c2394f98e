package dev.nommu.kernel.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.log.KernelLog;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images of the host that are behind the parts of one machine. Filled while it boots, on one
 * thread; let go of when it ends.
 */
public final class HostImages {
  private final Arena arena;
  private final List<HostFile> files = new ArrayList<>();
  private final List<KeptMemory> memories = new ArrayList<>();

  /**
   * Creates a machine's images, of which there are none yet.
   *
   * @param arena keeps the memory of images until it is closed
   */
  public HostImages(Arena arena) {
    this.arena = arena;
  }

  /**
   * Opens an image as a store.
   *
   * @throws ErrnoException EIO if it is not there or cannot be opened, EBUSY if it is to be kept
   *     and another machine has it
   */
  BackingStore open(Content content) throws ErrnoException {
    return switch (content.keeping()) {
      case VOLATILE -> ImageStore.copyOf(content.image(), arena);
      case PERSISTENT -> ImageStore.of(openFile(content));
    };
  }

  /**
   * Returns the memory of a part that is kept in an image, or empty if it is not.
   *
   * @param filler what the image is filled with if it is shorter than the part
   * @throws ErrnoException EINVAL if the image is longer than the part or is not alone in it; EIO,
   *     EBUSY as above
   */
  Optional<KeptMemory> keep(PartContents part, byte filler) throws ErrnoException {
    Optional<Content> content = part.kept();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    HostFile file = openFile(content.get());
    part.requireFits(content.get(), file.size());
    KeptMemory memory = KeptMemory.of(file, part.range().length(), filler, arena);
    memories.add(memory);
    return Optional.of(memory);
  }

  /**
   * Returns memory of a part that is not kept.
   *
   * @param filler what is in it where the board says nothing
   * @throws ErrnoException EINVAL if an image is longer than the part, EIO
   */
  MemorySegment load(PartContents part, byte filler) throws ErrnoException {
    MemorySegment memory = arena.allocate(part.range().length());
    memory.fill(filler);
    part.load(memory, this);
    return memory;
  }

  private HostFile openFile(Content content) throws ErrnoException {
    HostFile file = HostFile.open(content.image());
    files.add(file);
    return file;
  }

  /**
   * Brings everything that is kept to the host's disk and closes the files; failures are logged.
   */
  public void close(KernelLog log) {
    for (KeptMemory memory : memories) {
      attempt(log, memory::sync);
    }
    for (HostFile file : files) {
      attempt(log, file::force);
      attempt(log, file::close);
    }
  }

  private interface Step {
    void run() throws ErrnoException;
  }

  private static void attempt(KernelLog log, Step step) {
    try {
      step.run();
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.getMessage());
    }
  }
}
