package dev.nommu.kernel.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** An image as a store. May be called concurrently. */
abstract sealed class ImageStore implements BackingStore {
  private static final int BLOCK = 1 << 16;

  private final String name;
  private final long size;

  private ImageStore(String name, long size) {
    this.name = name;
    this.size = size;
  }

  /**
   * Returns a store with the current contents of a file of any {@code java.nio} file system. Writes
   * to it are discarded, and later changes of the file are not seen: all of it is read here and
   * held in memory, except blocks of zeros. Another program could change any part left in the file
   * at any time, and not every change shows in a time stamp.
   *
   * @param arena owns its memory until the arena is closed
   * @throws ErrnoException EIO if the file does not exist or cannot be read; ENOMEM if the host has
   *     too little address space
   */
  static ImageStore copyOf(Path image, Arena arena) throws ErrnoException {
    try (ImageFile file = ImageFile.openReadOnly(image)) {
      return new Copy(file.name(), copy(file, arena));
    }
  }

  /**
   * Returns a read-only store like {@link #copyOf}; writing fails with EROFS.
   *
   * @param arena owns its memory until the arena is closed
   * @throws ErrnoException as {@link #copyOf}
   */
  static ImageStore readOnly(Path image, Arena arena) throws ErrnoException {
    return new ReadOnly(copyOf(image, arena));
  }

  /**
   * Returns a store backed by a file: writes go to the file, and a flush returns when they are on
   * the host's disk.
   *
   * @throws ErrnoException EIO if its size cannot be read
   */
  static ImageStore of(ImageFile file) throws ErrnoException {
    return new Kept(file, file.size());
  }

  private static MemorySegment copy(ImageFile file, Arena arena) throws ErrnoException {
    long size = file.size();
    MemorySegment memory =
        NativeMemory.allocate("memory for image " + file.name(), Math.max(1, size), arena);
    MemorySegment block = MemorySegment.ofArray(new byte[BLOCK]);
    MemorySegment zeros = MemorySegment.ofArray(new byte[BLOCK]);
    for (long offset = 0; offset < size; offset += BLOCK) {
      MemorySegment part = block.asSlice(0, Math.min(BLOCK, size - offset));
      file.read(part, offset);
      if (part.mismatch(zeros.asSlice(0, part.byteSize())) >= 0) {
        memory.asSlice(offset, part.byteSize()).copyFrom(part);
      }
    }
    return memory.asSlice(0, size);
  }

  @Override
  public final long size() {
    return size;
  }

  @Override
  public final void read(MemorySegment into, long offset) throws ErrnoException {
    requireInside("read", offset, into.byteSize());
    readInside(into, offset);
  }

  @Override
  public final void write(MemorySegment from, long offset) throws ErrnoException {
    requireInside("write", offset, from.byteSize());
    writeInside(from, offset);
  }

  abstract void readInside(MemorySegment into, long offset) throws ErrnoException;

  abstract void writeInside(MemorySegment from, long offset) throws ErrnoException;

  private void requireInside(String what, long offset, long length) throws ErrnoException {
    if (offset < 0 || length > size - offset) {
      throw new ErrnoException(
          Errno.EIO,
          "image %s: %s of 0x%x bytes at 0x%x: expected to end at 0x%x or before"
              .formatted(name, what, length, offset, size));
    }
  }

  /** Discards writes. */
  private static final class Copy extends ImageStore {
    private final MemorySegment memory;

    Copy(String name, MemorySegment memory) {
      super(name, memory.byteSize());
      this.memory = memory;
    }

    @Override
    void readInside(MemorySegment into, long offset) {
      into.copyFrom(memory.asSlice(offset, into.byteSize()));
    }

    @Override
    void writeInside(MemorySegment from, long offset) {
      memory.asSlice(offset, from.byteSize()).copyFrom(from);
    }
  }

  /** Writes go to the file. */
  private static final class Kept extends ImageStore {
    private final ImageFile file;

    Kept(ImageFile file, long size) {
      super(file.name(), size);
      this.file = file;
    }

    @Override
    void readInside(MemorySegment into, long offset) throws ErrnoException {
      file.read(into, offset);
    }

    @Override
    void writeInside(MemorySegment from, long offset) throws ErrnoException {
      file.requireLength(size());
      file.write(from, offset);
    }

    @Override
    public void flush() throws ErrnoException {
      file.requireLength(size());
      file.force();
    }
  }

  /** An image that rejects writes. */
  private static final class ReadOnly extends ImageStore {
    private final ImageStore image;

    ReadOnly(ImageStore image) {
      super(image.name, image.size());
      this.image = image;
    }

    @Override
    public boolean isReadOnly() {
      return true;
    }

    @Override
    void readInside(MemorySegment into, long offset) throws ErrnoException {
      image.readInside(into, offset);
    }

    @Override
    void writeInside(MemorySegment from, long offset) throws ErrnoException {
      throw new ErrnoException(
          Errno.EROFS, "write at 0x%x: the image is read-only".formatted(offset));
    }
  }
}
