package dev.nommu.chardevfb;

import dev.nommu.api.ControllableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The description of a frame buffer's picture, without the pixels.
 *
 * @param mode its mode
 * @param lineLength bytes from one line to the next
 * @param colours the colours of pixel values
 */
record Screen(VariableScreenInfo mode, long lineLength, Colours colours) {
  private static final int PALETTE = 256;

  /**
   * Queries a frame buffer.
   *
   * @throws ErrnoException ENOTTY if it is not a frame buffer; EINVAL if its mode cannot be shown
   */
  static Screen of(ControllableFile file) throws ErrnoException {
    Answers answers = new Answers(file);
    VariableScreenInfo mode = answers.mode();
    MemorySegment fixed = answers.fixed();
    Colours colours =
        switch (FixedScreenInfo.visual(fixed)) {
          case MONO01 -> new Colours.Indexed(0xffffff, 0);
          case PSEUDOCOLOR -> new Colours.Indexed(answers.palette());
          case TRUECOLOR -> new Colours.Components(mode.format());
        };
    return new Screen(mode, FixedScreenInfo.lineLength(fixed), colours);
  }

  /** Returns the line of memory that a line of the screen shows. */
  long line(int y) {
    long line = mode.geometry().yoffset() + y;
    return mode.timing().wraps() ? line % mode.geometry().yresVirtual() : line;
  }

  /** Calls ioctls with a private page of memory at address 4096. */
  private record Answers(ControllableFile file, MemorySegment page) {
    private static final long ADDRESS = 4096;
    private static final ValueLayout.OfShort COMPONENT =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    Answers(ControllableFile file) {
      this(file, MemorySegment.ofArray(new byte[4096]));
    }

    VariableScreenInfo mode() throws ErrnoException {
      ask(FrameBufferFile.FBIOGET_VSCREENINFO);
      return VariableScreenInfo.read(page);
    }

    MemorySegment fixed() throws ErrnoException {
      ask(FrameBufferFile.FBIOGET_FSCREENINFO);
      return MemorySegment.ofArray(
          page.asSlice(0, FixedScreenInfo.SIZE).toArray(ValueLayout.JAVA_BYTE));
    }

    int[] palette() throws ErrnoException {
      long bytes = PALETTE * Short.BYTES;
      long red = ADDRESS + ColourMapRequest.SIZE;
      new ColourMapRequest(0, PALETTE, red, red + bytes, red + 2 * bytes).write(page);
      ask(FrameBufferFile.FBIOGETCMAP);
      int[] palette = new int[PALETTE];
      for (int index = 0; index < PALETTE; index++) {
        long at = ColourMapRequest.SIZE + (long) index * Short.BYTES;
        palette[index] =
            (component(at) << 16) | (component(at + bytes) << 8) | component(at + 2 * bytes);
      }
      return palette;
    }

    private int component(long offset) {
      return Short.toUnsignedInt(page.get(COMPONENT, offset)) >>> 8;
    }

    private void ask(int command) throws ErrnoException {
      UserMemory memory =
          (address, length) -> {
            long offset = address - ADDRESS;
            if (offset < 0 || length > page.byteSize() || offset > page.byteSize() - length) {
              throw new ErrnoException(Errno.EFAULT, "no memory at 0x%x".formatted(address));
            }
            return page.asSlice(offset, length);
          };
      file.ioctl(command, ADDRESS, memory);
    }
  }
}
