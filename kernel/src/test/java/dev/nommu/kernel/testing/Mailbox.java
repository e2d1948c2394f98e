package dev.nommu.kernel.testing;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.WaitQueue;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A file system with one file, {@code letters}: each letter is a byte, and a read waits for one.
 */
public final class Mailbox implements FileSystemType {
  /** What its readers wait for. */
  public static final String WHAT = "a letter";

  /** Creates the type. */
  public Mailbox() {}

  @Override
  public String name() {
    return "mailbox";
  }

  @Override
  public Source source() {
    return Source.NODEV;
  }

  @Override
  public FileSystem mount(MountRequest request) {
    return new Mounted(new Letters(request.newWaitQueue(WHAT), new ConcurrentLinkedQueue<>()));
  }

  private record Mounted(Letters letters) implements FileSystem {
    @Override
    public Directory root() {
      return new Root(letters);
    }

    @Override
    public Statistics statistics() {
      return Statistics.builder(1).build();
    }
  }

  private record Root(Letters letters) implements Directory {
    @Override
    public long number() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return Attributes.builder(0755).links(2).build();
    }

    @Override
    public Optional<Inode> lookup(String name) {
      return name.equals("letters") ? Optional.of(letters) : Optional.empty();
    }

    @Override
    public List<DirectoryEntry> entries() {
      return List.of(DirectoryEntry.of("letters", letters.number(), FileKind.REGULAR));
    }
  }

  private record Letters(WaitQueue queue, Queue<Byte> bytes)
      implements RegularFile, ReadableFile, WritableFile, PollableFile {
    @Override
    public long number() {
      return 2;
    }

    @Override
    public Attributes attributes() {
      return Attributes.builder(0644).build();
    }

    @Override
    public OpenFile open(OpenFlags flags) {
      return this;
    }

    @Override
    public void truncate(long size) {}

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      queue.await(() -> !bytes.isEmpty());
      into.set(ValueLayout.JAVA_BYTE, 0, bytes.remove());
      return 1;
    }

    @Override
    public long write(MemorySegment from, long position) {
      bytes.add(from.get(ValueLayout.JAVA_BYTE, 0));
      queue.wakeAll();
      return 1;
    }

    @Override
    public Set<PollEvent> poll() {
      return bytes.isEmpty() ? Set.of(PollEvent.OUT) : Set.of(PollEvent.IN, PollEvent.OUT);
    }
  }
}
