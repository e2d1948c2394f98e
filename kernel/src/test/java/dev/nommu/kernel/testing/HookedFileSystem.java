package dev.nommu.kernel.testing;

import dev.nommu.api.Attributes;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MappableFile;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Syncable;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A file system with one executable file; before it does something it does what a test says. */
public final class HookedFileSystem implements FileSystemType {
  /** What it can be asked for. */
  public enum Operation {
    /** Is mounted. */
    MOUNT,
    /** Looks the file up. */
    LOOKUP,
    /** Opens the file. */
    OPEN,
    /** Reads from the file. */
    READ,
    /** Says how the file can be mapped. */
    OFFER,
    /** Carries out an ioctl. */
    IOCTL,
    /** Keeps what was written. */
    FSYNC,
    /** Closes the file. */
    CLOSE,
    /** Is unmounted. */
    UNMOUNT
  }

  /** What a test lets happen within an operation. */
  @FunctionalInterface
  public interface Hook {
    /** Happens. */
    void run() throws ErrnoException;
  }

  private static final String FILE = "file";

  private final String name;
  private final Map<Operation, Hook> hooks = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  /** Creates a type of this name, in which nothing special happens. */
  public HookedFileSystem(String name) {
    this.name = name;
  }

  /** Lets something happen whenever it is asked for an operation. */
  public void on(Operation operation, Hook hook) {
    hooks.put(operation, hook);
  }

  /** Returns how many files were opened and not closed. */
  public int openFiles() {
    return open.get();
  }

  private void happen(Operation operation) throws ErrnoException {
    hooks.getOrDefault(operation, () -> {}).run();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Source source() {
    return Source.NODEV;
  }

  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    happen(Operation.MOUNT);
    return new Mounted();
  }

  private final class Mounted implements FileSystem {
    private final Root root = new Root();

    @Override
    public Directory root() {
      return root;
    }

    @Override
    public Statistics statistics() {
      return Statistics.builder(1).build();
    }

    @Override
    public void close() throws ErrnoException {
      happen(Operation.UNMOUNT);
    }
  }

  private static Attributes attributes(long size) {
    return Attributes.builder(0755).size(size).build();
  }

  private final class Root implements Directory {
    private final Inode file = new OneFile();

    @Override
    public long number() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return HookedFileSystem.attributes(0);
    }

    @Override
    public Optional<Inode> lookup(String name) throws ErrnoException {
      happen(Operation.LOOKUP);
      return Optional.of(file).filter(known -> name.equals(FILE));
    }

    @Override
    public List<DirectoryEntry> entries() {
      return List.of(DirectoryEntry.of(FILE, file.number(), FileKind.REGULAR));
    }
  }

  private final class OneFile implements RegularFile {
    @Override
    public long number() {
      return 2;
    }

    @Override
    public Attributes attributes() {
      return HookedFileSystem.attributes(4096);
    }

    @Override
    public OpenFile open(OpenFlags flags) throws ErrnoException {
      happen(Operation.OPEN);
      open.incrementAndGet();
      return new Opened();
    }
  }

  private final class Opened implements ReadableFile, MappableFile, ControllableFile, Syncable {
    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      try {
        happen(Operation.OFFER);
      } catch (ErrnoException failure) {
        throw new IllegalStateException(failure);
      }
      return Optional.empty();
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      happen(Operation.READ);
      long count = Math.min(into.byteSize(), Math.max(0, 4096 - position));
      into.asSlice(0, count).fill((byte) 0);
      return count;
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
      happen(Operation.IOCTL);
      return 0;
    }

    @Override
    public void fsync() throws ErrnoException {
      happen(Operation.FSYNC);
    }

    @Override
    public void close() throws ErrnoException {
      open.decrementAndGet();
      happen(Operation.CLOSE);
    }
  }
}
