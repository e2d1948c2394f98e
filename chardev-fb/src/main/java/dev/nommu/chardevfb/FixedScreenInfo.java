package dev.nommu.chardevfb;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The properties of a frame buffer that a program cannot change, but a mode can: {@code struct
 * fb_fix_screeninfo} of a 64-bit kernel (rule FB-11). The type is always packed pixels; there are
 * neither memory-mapped registers nor acceleration.
 *
 * @param id the name of the driver in ASCII; what is longer than 15 letters is cut
 * @param memory smem_start and smem_len
 * @param visual what the number in a pixel means
 * @param steps how it can be panned
 * @param lineLength bytes from one line to the next
 */
public record FixedScreenInfo(
    String id, AddressRange memory, Visual visual, PanSteps steps, long lineLength) {
  /** Bytes of the structure. */
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

  /** Returns the bytes of a line in a structure in memory. */
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
