package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.chardevfb.FrameBufferPicture;
import dev.nommu.chardevfb.Picture;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A program that has the frame buffer open and mapped as a whole, from its beginning.
 *
 * @param task the process
 * @param file the descriptor of {@code /dev/fb0}
 * @param argument the address of two pages for the arguments of ioctls
 * @param screen the address of the mapping
 */
record ScreenUser(Task task, int file, long argument, long screen) {
  static final int FBIOGET_FSCREENINFO = 0x4602;
  static final int FBIOPUTCMAP = 0x4605;
  private static final int ARGUMENT_SIZE = 8192;
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Lets a new process open and map the frame buffer.
   *
   * @param protection of its mapping
   */
  static ScreenUser start(TestMachine machine, int protection) throws ErrnoException {
    Task task = machine.init().spawn("screen user");
    boolean writes = (protection & PROT_WRITE) != 0;
    int file = task.open("/dev/fb0", writes ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY);
    long argument =
        task.mmap(0, ARGUMENT_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ScreenUser unmapped = new ScreenUser(task, file, argument, 0);
    long screen = task.mmap(0, unmapped.length(), protection, MAP_SHARED, file, 0);
    return new ScreenUser(task, file, argument, screen);
  }

  /** Calls an ioctl with the pages for arguments. */
  MemorySegment ioctl(int command) throws ErrnoException {
    task.ioctl(file, command, argument);
    return arguments();
  }

  /** Returns the pages for arguments. */
  MemorySegment arguments() {
    return memory(argument, ARGUMENT_SIZE);
  }

  /** Returns smem_len, bytes. */
  long length() throws ErrnoException {
    return ioctl(FBIOGET_FSCREENINFO).get(WORD, 24);
  }

  /** Returns the bytes from line to line. */
  long lineLength() throws ErrnoException {
    return ioctl(FBIOGET_FSCREENINFO).get(WORD, 48);
  }

  /** Returns what is mapped. */
  MemorySegment pixels() throws ErrnoException {
    return memory(screen, length());
  }

  /** Returns what is on the screen, read through the descriptor. */
  Picture pictureThroughFile() throws ErrnoException {
    return FrameBufferPicture.of(
        (into, position) -> task.pread(file, into, position),
        (command, address, memory) -> task.descriptors().ioctl(file, command, address, memory));
  }

  /** Returns what is on the screen, loaded through the mapping. */
  Picture pictureThroughMapping() throws ErrnoException {
    return FrameBufferPicture.of(
        (into, position) -> {
          into.copyFrom(memory(screen + position, into.byteSize()));
          return into.byteSize();
        },
        (command, address, memory) -> task.descriptors().ioctl(file, command, address, memory));
  }

  private MemorySegment memory(long address, long length) {
    try {
      return task.memory(address, length);
    } catch (MemoryFault fault) {
      throw new AssertionError(fault);
    }
  }
}
