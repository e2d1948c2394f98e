package dev.nommu.chardevfb;

import dev.nommu.api.ControllableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.ReadableFile;
import java.lang.foreign.MemorySegment;

/**
 * Takes a picture of a frame buffer's screen: the visible part of its memory, with panning,
 * wrapping, the colour map and the order of the components applied.
 *
 * <p>It uses only the calls of a program, so all it needs is {@code /dev/fbN}, open for reading. If
 * a program draws at the same time, the picture may show a half-drawn frame.
 */
public final class FrameBufferPicture {
  private final ReadableFile file;
  private final Screen screen;

  private FrameBufferPicture(ReadableFile file, Screen screen) {
    this.file = file;
    this.screen = screen;
  }

  /**
   * Returns the current picture of the screen. Transparency is ignored. May be called concurrently.
   *
   * @param frameBuffer {@code /dev/fbN}, open for reading
   * @return a picture of {@code xres} times {@code yres} pixels
   * @throws ErrnoException ENOTTY if this is not a frame buffer; EINVAL if its mode cannot be shown
   *     or has more than 2^31 - 1 pixels; EIO if its memory ends before the picture does
   */
  public static Picture of(OpenFile frameBuffer) throws ErrnoException {
    if (frameBuffer instanceof ReadableFile pixels
        && frameBuffer instanceof ControllableFile controls) {
      return of(pixels, controls);
    }
    throw new ErrnoException(
        Errno.ENOTTY, "picture of " + frameBuffer.getClass().getName() + ": not a frame buffer");
  }

  /**
   * Returns the current picture of the screen, as {@link #of(OpenFile)}, for callers with a
   * descriptor instead of the file: {@code FrameBufferPicture.of((into, at) -> task.pread(fd, into,
   * at), (command, argument, memory) -> task.ioctl(fd, command, argument, memory))}.
   *
   * @param pixels reads the frame buffer
   * @param controls calls its ioctls
   * @return as for {@link #of(OpenFile)}
   * @throws ErrnoException as for {@link #of(OpenFile)}
   */
  public static Picture of(ReadableFile pixels, ControllableFile controls) throws ErrnoException {
    return new FrameBufferPicture(pixels, Screen.of(controls)).draw();
  }

  private Picture draw() throws ErrnoException {
    ScreenGeometry geometry = screen.mode().geometry();
    if (geometry.xres() == 0
        || geometry.yres() == 0
        || geometry.xres() > Integer.MAX_VALUE / geometry.yres()
        || geometry.yresVirtual() < geometry.yres()) {
      throw new ErrnoException(Errno.EINVAL, "picture of a screen of " + geometry);
    }
    int width = (int) geometry.xres();
    int[] rgb = new int[width * (int) geometry.yres()];
    drawLines(rgb, width);
    return new Picture(width, rgb);
  }

  private void drawLines(int[] rgb, int width) throws ErrnoException {
    PackedPixels packing = PackedPixels.of(screen.mode().format().bitsPerPixel());
    Colours colours = screen.colours();
    long firstBit = screen.mode().geometry().xoffset() * packing.bits();
    int skipped = (int) (firstBit % Byte.SIZE);
    byte[] line = new byte[Math.toIntExact((skipped + (long) width * packing.bits() + 7) / 8)];
    int[] pixels = new int[width];
    for (int y = 0; y < rgb.length / width; y++) {
      read(line, screen.line(y) * screen.lineLength() + firstBit / Byte.SIZE);
      packing.unpack(line, skipped, pixels);
      colours.apply(pixels, rgb, y * width);
    }
  }

  private void read(byte[] line, long position) throws ErrnoException {
    long count = file.read(MemorySegment.ofArray(line), position);
    if (count != line.length) {
      throw new ErrnoException(
          Errno.EIO,
          "picture of a frame buffer: expected %d bytes at %d, found %d"
              .formatted(line.length, position, count));
    }
  }
}
