package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The colours of the indices of a pseudocolour screen, 16 bits a component (rule FB-14). It starts
 * with the sixteen colours of a text console. Not thread-safe: guarded by its owner.
 */
final class ColourMap {
  private static final ValueLayout.OfShort COMPONENT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int CONSOLE_COLOURS = 16;
  private static final int BROWN = 6;

  private final short[] red;
  private final short[] green;
  private final short[] blue;

  ColourMap(int length) {
    red = new short[length];
    green = new short[length];
    blue = new short[length];
    for (int colour = 0; colour < Math.min(length, CONSOLE_COLOURS); colour++) {
      red[colour] = consoleComponent(colour, 4);
      green[colour] = consoleComponent(colour, 2);
      blue[colour] = consoleComponent(colour, 1);
    }
    if (length > BROWN) {
      green[BROWN] = 0x5555;
    }
  }

  private static short consoleComponent(int colour, int bit) {
    return (short) (((colour & bit) == 0 ? 0 : 0xaaaa) + ((colour & 8) == 0 ? 0 : 0x5555));
  }

  /**
   * Copies entries to the arrays of a request, up to the last one of the map.
   *
   * @throws ErrnoException EINVAL if none of them exists, EFAULT
   */
  void get(ColourMapRequest request, UserMemory memory) throws ErrnoException {
    long count = Math.min(request.length(), red.length - request.start());
    if (count <= 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "FBIOGETCMAP: %d colours from %d: the colour map has %d"
              .formatted(request.length(), request.start(), red.length));
    }
    int start = (int) request.start();
    MemorySegment redOut = memory.at(request.red(), count * Short.BYTES);
    MemorySegment greenOut = memory.at(request.green(), count * Short.BYTES);
    MemorySegment blueOut = memory.at(request.blue(), count * Short.BYTES);
    MemorySegment.copy(red, start, redOut, COMPONENT, 0, (int) count);
    MemorySegment.copy(green, start, greenOut, COMPONENT, 0, (int) count);
    MemorySegment.copy(blue, start, blueOut, COMPONENT, 0, (int) count);
  }

  /**
   * Sets entries from the arrays of a request; those beyond the last one are ignored, as is
   * transparency.
   *
   * @throws ErrnoException E2BIG if an array would be longer than 2 GiB, EFAULT, EINVAL if the
   *     first entry is 2^31 or more
   */
  void put(ColourMapRequest request, UserMemory memory) throws ErrnoException {
    if (request.length() * Short.BYTES > Integer.MAX_VALUE) {
      throw new ErrnoException(Errno.E2BIG, "FBIOPUTCMAP: " + request.length() + " colours");
    }
    if (request.length() == 0) {
      return;
    }
    MemorySegment redIn = memory.at(request.red(), request.length() * Short.BYTES);
    MemorySegment greenIn = memory.at(request.green(), request.length() * Short.BYTES);
    MemorySegment blueIn = memory.at(request.blue(), request.length() * Short.BYTES);
    if (request.start() > Integer.MAX_VALUE) {
      throw new ErrnoException(Errno.EINVAL, "FBIOPUTCMAP: colours from " + request.start());
    }
    int start = (int) Math.min(request.start(), red.length);
    int count = (int) Math.min(request.length(), red.length - start);
    MemorySegment.copy(redIn, COMPONENT, 0, red, start, count);
    MemorySegment.copy(greenIn, COMPONENT, 0, green, start, count);
    MemorySegment.copy(blueIn, COMPONENT, 0, blue, start, count);
  }
}
