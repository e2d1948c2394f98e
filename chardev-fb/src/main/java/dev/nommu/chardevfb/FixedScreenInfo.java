package dev.nommu.chardevfb;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The properties of a frame buffer that change only with the mode: {@code struct fb_fix_screeninfo}
 * of a 64-bit kernel (rule FB-11). The type is always packed pixels, without memory-mapped
 * registers or acceleration.
 *
 * @param id the name of the driver in ASCII, truncated to 15 characters
 * @param memory smem_start and smem_len
 * @param visual the meaning of a pixel value
 * @param steps the panning steps
 * @param lineLength bytes from one line to the next
 */
public record FixedScreenInfo(
    String id, AddressRange memory, Visual visual, PanSteps steps, long lineLength) {
  /** The size of the structure in bytes. */
  static final long SIZE = 80;

  private static final int ID_LENGTH = 15;
  private static final long SMEM_START = 16;
  private static final long SMEM_LEN = 24;
  private static final long VISUAL = 36;
  private static final long XPANSTEP = 40;
  private static final long LINE_LENGTH = 48;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Returns the visual in a structure in memory.
   *
   * @throws ErrnoException EINVAL if it is not in {@link Visual}
   */
  static Visual visual(MemorySegment structure) throws ErrnoException {
    return Visual.of(structure.get(INT, VISUAL));
  }

  /** Returns the line length in a structure in memory. */
  static long lineLength(MemorySegment structure) {
    return Integer.toUnsignedLong(structure.get(INT, LINE_LENGTH));
  }

  /** Writes the structure to memory. */
  void write(MemorySegment structure) {
    structure.asSlice(0, SIZE).fill((byte) 0);
    String shown = id.substring(0, Math.min(id.length(), ID_LENGTH));
    structure.setString(0, shown, StandardCharsets.US_ASCII);
    structure.set(LONG, SMEM_START, memory.start());
    structure.set(INT, SMEM_LEN, (int) memory.length());
    structure.set(INT, VISUAL, visual.number());
    structure.set(SHORT, XPANSTEP, (short) steps.xpanstep());
    structure.set(SHORT, XPANSTEP + 2, (short) steps.ypanstep());
    structure.set(SHORT, XPANSTEP + 4, (short) steps.ywrapstep());
    structure.set(INT, LINE_LENGTH, (int) lineLength);
  }
}
