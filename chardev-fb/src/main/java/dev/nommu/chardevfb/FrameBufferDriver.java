package dev.nommu.chardevfb;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The frame buffers of a machine, {@code /dev/fb0} (29:0) to {@code /dev/fb31}, listed in {@code
 * /proc/fb}. There are two kinds:
 *
 * <ul>
 *   <li>A node with {@code compatible = "simple-framebuffer"} describes a screen with one mode:
 *       {@code reg} is its memory, {@code width} and {@code height} its size in pixels, {@code
 *       stride} the bytes from line to line and {@code format} its pixels: r5g6b5, r5g5b5a1,
 *       x1r5g5b5, a1r5g5b5, r8g8b8, x8r8g8b8, a8r8g8b8, x8b8g8r8, a8b8g8r8, x2r10g10b10 or
 *       a2r10g10b10, named from the highest bit to the lowest.
 *   <li>{@code vfb.vfb_enable=1} on the command line makes a virtual screen whose mode programs can
 *       set, with {@code vfb.videomemorysize} bytes (default 1 MiB) of contiguous RAM. {@code
 *       vfb.mode_option=WIDTHxHEIGHT-BITS} is its first mode, 640x480-8 by default.
 * </ul>
 *
 * <p>Rules FB-01 to FB-14. Both kinds answer {@code get_unmapped_area}; neither can be blanked, and
 * neither has registers that could be mapped.
 */
public final class FrameBufferDriver implements DeviceDriver {
  private static final int MAJOR = 29;
  private static final int MAXIMUM = 32;

  private final List<FrameBuffer> frameBuffers = new CopyOnWriteArrayList<>();

  /** Called by the kernel, once for each machine. */
  public FrameBufferDriver() {}

  /** Returns {@code "fb"}. */
  @Override
  public String name() {
    return "fb";
  }

  /** Returns {@code "simple-framebuffer"}. */
  @Override
  public Set<String> compatible() {
    return Set.of("simple-framebuffer");
  }

  /**
   * Sets up a screen with one mode.
   *
   * @throws ErrnoException EINVAL if a property is missing or wrong, or the memory is too small for
   *     the picture; EBUSY if the memory is taken; ENXIO if there are 32 frame buffers already
   */
  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    register(SimpleFrameBuffer.of(node, context), context);
  }

  /**
   * Sets up the virtual screen, if it is wanted, and {@code /proc/fb}.
   *
   * @throws ErrnoException EINVAL for a parameter that cannot be read, ENOMEM if there is no memory
   *     for the screen or it is too small for the mode; ENXIO as above
   */
  @Override
  public void init(DeviceContext context) throws ErrnoException {
    context.registerProcFile("fb", this::listing);
    VfbParameters parameters = VfbParameters.of(context);
    if (parameters.enabled()) {
      register(VirtualFrameBuffer.of(parameters, context.pages()), context);
    }
  }

  private void register(FrameBufferDevice device, DeviceContext context) throws ErrnoException {
    int number = frameBuffers.size();
    if (number == MAXIMUM) {
      throw new ErrnoException(
          Errno.ENXIO, device.fixed().id() + ": there are " + MAXIMUM + " frame buffers already");
    }
    FrameBuffer frameBuffer = new FrameBuffer(device);
    FrameBufferFile file = new FrameBufferFile(frameBuffer, context.profile());
    context.registerCharacterDevice("fb" + number, new DeviceNumber(MAJOR, number), mode -> file);
    frameBuffers.add(frameBuffer);
  }

  private String listing() {
    StringBuilder lines = new StringBuilder();
    for (int number = 0; number < frameBuffers.size(); number++) {
      lines.append(number).append(' ').append(frameBuffers.get(number).fixed().id()).append('\n');
    }
    return lines.toString();
  }
}
