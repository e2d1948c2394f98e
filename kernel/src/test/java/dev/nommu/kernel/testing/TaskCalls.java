package dev.nommu.kernel.testing;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes the calls of a task in as few words as a test wants. */
public final class TaskCalls {
  /** The size of a page. */
  public static final int PAGE = 4096;

  private final Task task;

  /** Creates a program that is this task. */
  public TaskCalls(Task task) {
    this.task = task;
  }

  /** Runs a program in a process of its own; returns how it ended. */
  public static WaitStatus run(Task parent, dev.nommu.kernel.task.Program program)
      throws InterruptedException {
    return parent.spawn("program", program).join();
  }

  /** Returns the task. */
  public Task task() {
    return task;
  }

  /** Returns another process with the same files. */
  public TaskCalls other() {
    return new TaskCalls(task.spawn("other"));
  }

  /** Maps zeroed memory, private, to be read and written. */
  public long anonymous(long length) throws ErrnoException {
    return task.mmap(0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }

  /** Maps a file from its beginning. */
  public long map(int file, long length, int protection, int flags) throws ErrnoException {
    return task.mmap(0, length, protection, flags, file, 0);
  }

  /** Maps a part of a file. */
  public long map(int file, long length, int protection, int flags, long offset)
      throws ErrnoException {
    return task.mmap(0, length, protection, flags, file, offset);
  }

  /** Opens a file to be read. */
  public int read(String path) throws ErrnoException {
    return task.open(path, OpenFlags.O_RDONLY);
  }

  /** Opens a file to be read and written. */
  public int write(String path) throws ErrnoException {
    return task.open(path, OpenFlags.O_RDWR);
  }

  /** Makes a file with this content, written a page at a time; leaves it open. */
  public int file(String path, byte[] content) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    for (int at = 0; at < content.length; at += PAGE) {
      int end = Math.min(content.length, at + PAGE);
      task.pwrite(file, MemorySegment.ofArray(Arrays.copyOfRange(content, at, end)), at);
    }
    return file;
  }

  /** Makes a file whose pages are in one piece, as open and truncate do; leaves it open. */
  public int gathered(String path, long size) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    task.ftruncate(file, size);
    return file;
  }

  /** Returns bytes with a different value on every page and in every place. */
  public static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / PAGE * 7 + 1);
    }
    return bytes;
  }

  /** Returns the bytes in memory. */
  public byte[] bytes(long address, int length) {
    byte[] bytes = new byte[length];
    try {
      task.load(address, MemorySegment.ofArray(bytes));
    } catch (MemoryFault fault) {
      throw new AssertionError(fault);
    }
    return bytes;
  }

  /** Stores bytes in memory. */
  public void store(long address, byte... bytes) {
    try {
      task.store(address, MemorySegment.ofArray(bytes));
    } catch (MemoryFault fault) {
      throw new AssertionError(fault);
    }
  }

  /** Stores a text in memory. */
  public void store(long address, String text) {
    store(address, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns what a file has, from its beginning. */
  public byte[] content(int file, int length) throws ErrnoException {
    byte[] bytes = new byte[length];
    long count = task.pread(file, MemorySegment.ofArray(bytes), 0);
    return Arrays.copyOf(bytes, (int) count);
  }

  /** Returns the whole text of a file. */
  public String text(String path) throws ErrnoException {
    int file = read(path);
    try {
      MemorySegment buffer = MemorySegment.ofArray(new byte[1 << 16]);
      long count = task.read(file, buffer);
      return new String(
          buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    } finally {
      task.close(file);
    }
  }

  /** Writes a text to a file that is there. */
  public void text(String path, String text) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_WRONLY);
    try {
      task.write(file, MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
    } finally {
      task.close(file);
    }
  }

  /** Returns the lines of this process's maps. */
  public List<String> maps() throws ErrnoException {
    return text("/proc/self/maps").lines().toList();
  }

  /** Returns the lines of /proc/maps. */
  public List<String> regions() throws ErrnoException {
    return text("/proc/maps").lines().toList();
  }

  /** Takes single pages until there are none, so that only larger blocks are free. */
  public void fillMemory() throws ErrnoException {
    while (true) {
      try {
        anonymous(PAGE);
      } catch (ErrnoException full) {
        if (full.errno() != Errno.ENOMEM) {
          throw full;
        }
        return;
      }
    }
  }

  /** Returns the memory map with what only the kernel sees of it. */
  public AddressSpace space() {
    return (AddressSpace) task.memoryMap();
  }
}
